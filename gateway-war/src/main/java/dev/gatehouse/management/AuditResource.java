package dev.gatehouse.management;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import dev.gatehouse.device.KeyScope;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.JournalEntry;

/** What happened: every management action and every admission decision. */
@Path("/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final String JSON_LINES = "application/x-ndjson";
    private static final int LIMIT_MAX = Journal.LIMIT_MAX - 1;
    private static final int EXPORT_PAGE = 500;

    @Inject
    Journal journal;

    /** Entries, the last one first, page by page; of one device, or of all. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("deviceId") @DefaultValue("") String deviceId) {
        int max = Query.number("limit", limit, 1, LIMIT_MAX);
        long before = after.isEmpty() ? Long.MAX_VALUE : Query.number("after", after, 1, Long.MAX_VALUE);
        List<JournalEntry> read =
                deviceId.isEmpty() ? journal.before(before, max + 1) : journal.aboutBefore(deviceId, before, max + 1);
        return Response.ok(AuditEntryView.page(read, max)).build();
    }

    /** Everything that is kept, in order, one line of JSON each, with the hash of the chain up to there. */
    @GET
    @Path("/export")
    @Produces({JSON_LINES, MediaType.APPLICATION_JSON})
    public Response export() {
        StreamingOutput lines = this::export;
        return Response.ok(lines, JSON_LINES)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"gatehouse-audit.jsonl\"")
                .build();
    }

    /** Checks the chain. */
    @POST
    @Needs(KeyScope.READ)
    @Path("/verify")
    public Response verify() {
        return Response.ok(VerificationView.of(journal.verify())).build();
    }

    private void export(OutputStream output) throws IOException {
        long last = journal.first() - 1;
        List<JournalEntry> page = journal.after(last, EXPORT_PAGE);
        while (!page.isEmpty()) {
            for (JournalEntry entry : page) {
                output.write(line(entry).getBytes(StandardCharsets.US_ASCII));
            }
            output.flush();
            last = page.get(page.size() - 1).sequence();
            page = journal.after(last, EXPORT_PAGE);
        }
    }

    private static String line(JournalEntry entry) {
        String document = entry.document();
        return document.substring(0, document.length() - 1) + ",\"hash\":\"" + entry.hash() + "\"}\n";
    }
}
