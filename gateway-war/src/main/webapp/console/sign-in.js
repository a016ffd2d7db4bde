// The form for the API key. The key is sent once, and kept nowhere.
import { signIn } from "./api.js";
import { el } from "./dom.js";

/** Shows the form in place of everything else; calls entered with the session. */
export function showSignIn(main, why, entered) {
  const key = el("input", {
    id: "api-key",
    type: "password",
    required: true,
    autocomplete: "current-password",
    spellcheck: "false",
    "aria-describedby": "where-from sign-in-trouble",
  });
  const trouble = el("p", { id: "sign-in-trouble", class: "trouble", role: "alert" }, why);
  const submit = el("button", { class: "strong" }, "Sign in");
  const form = el(
    "form",
    { class: "sign-in" },
    el("h1", {}, "Sign in"),
    el("label", { for: "api-key" }, "API key"),
    key,
    el(
      "p",
      { id: "where-from", class: "hint" },
      "The first one is in ",
      el("code", {}, "secrets/api-key"),
      " of the gateway's home; ",
      el("code", {}, "keys create"),
      " makes more.",
    ),
    submit,
    trouble,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const session = await signIn(key.value.trim());
      key.value = "";
      entered(session);
    } catch (refusal) {
      trouble.textContent = refusal.message;
      submit.disabled = false;
      key.select();
    }
  });
  main.replaceChildren(form);
  key.focus();
}
