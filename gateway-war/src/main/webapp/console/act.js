// Carries out what an operator decides, and says what came of it.
import { Refused } from "./api.js";
import { alarm, announce } from "./dialog.js";

/** Carries something out, says that it is done, and shows what is there now. */
export async function carryOut(work, refresh, ...done) {
  try {
    await work();
    announce(...done);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) {
      throw refusal;
    }
    alarm(refusal.message);
  }
  await refresh();
}
