package dev.gatehouse.refusal;

import java.lang.System.Logger.Level;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Accounts as they are written down: JSON in ASCII, which every database takes whatever a client sent. Stateless. */
final class AccountJson {

    private static final System.Logger LOG = System.getLogger(AccountJson.class.getName());
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AccountJson() {}

    static String write(Account account) {
        try {
            return MAPPER.writeValueAsString(account);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an account is texts and numbers alone", e);
        }
    }

    /** The account, or empty when this is none that the gateway can read, perhaps of another version. */
    static Optional<Account> read(String id, String document) {
        try {
            return Optional.of(MAPPER.readValue(document, Account.class));
        } catch (JsonProcessingException e) {
            LOG.log(Level.WARNING, "refusal " + id + " cannot be read any more, and is not shown", e);
            return Optional.empty();
        }
    }
}
