package io.crema.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.schemas.wire.CommittedSchemas;
import io.crema.schemas.wire.CommittedSchemas.Committed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Loads the committed schemas, with their ids, into an empty Apicurio Registry 3: as the zip that its import takes. Its
 * Confluent-compatible API then serves the same ids as {@link RegistryServer}. Stateless.
 */
public final class ApicurioExport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "groups/default/artifacts/";

    private ApicurioExport() {}

    /** @param args the registry's address, such as http://127.0.0.1:8080 */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException(
                    "give the address of an empty Apicurio Registry, such as http://127.0.0.1:8080");
        }
        load(URI.create(args[0]));
    }

    /**
     * Imports all committed schemas.
     *
     * @throws IOException when the registry does not take them: it must be empty
     */
    public static void load(URI registry) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(registry.resolve("/apis/registry/v3/admin/import"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip(Instant.EPOCH)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
                throw new IOException("%s answered %d to the import, expected 204: %s%s"
                        .formatted(
                                registry,
                                answer.statusCode(),
                                answer.body(),
                                answer.statusCode() == 409 ? "; the registry must be empty" : ""));
            }
        }
    }

    /** The zip, to the byte the same for the same schemas and time. */
    static byte[] zip(Instant time) throws IOException {
        var files = new TreeMap<String, byte[]>();
        put(files, "x.Manifest", manifest(time));
        var globalId = 0;
        for (var subject : CommittedSchemas.instance().newest().keySet()) {
            var versions = CommittedSchemas.instance().all().stream()
                    .filter(committed -> committed.subject().equals(subject))
                    .toList();
            globalId = subject(files, versions, time, globalId);
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            // the manifest is what Apicurio looks for first
            zip(zip, "x.Manifest.json", files);
            for (var name : List.copyOf(files.keySet())) {
                zip(zip, name, files);
            }
        }
        return bytes.toByteArray();
    }

    private static int subject(Map<String, byte[]> files, List<Committed> versions, Instant time, int lastGlobalId) {
        var subject = versions.getFirst().subject();
        var globalId = lastGlobalId;
        put(
                files,
                GROUP + subject + "/MetaData.Artifact",
                described(subject, time).put("artifactType", "AVRO"));
        var names = JSON.createArrayNode();
        for (var committed : versions) {
            var text = committed.text().getBytes(StandardCharsets.UTF_8);
            var hash = sha256(text);
            files.put("content/" + hash + ".Content.data", text);
            put(files, "content/" + hash + ".Content", content(committed, hash));
            var version = Integer.toString(committed.version());
            put(
                    files,
                    GROUP + subject + "/versions/" + version + ".ArtifactVersion",
                    described(subject, time)
                            .put("version", version)
                            .put("versionOrder", committed.version())
                            .put("globalId", ++globalId)
                            .put("state", "ENABLED")
                            .put("contentId", committed.id()));
            names.add(version);
        }
        put(
                files,
                GROUP + subject + "/branches/latest.Branch",
                described(subject, time)
                        .put("branchId", "latest")
                        .put("systemDefined", true)
                        .set("versions", names));
        return globalId;
    }

    private static ObjectNode manifest(Instant time) {
        return JSON.createObjectNode()
                .put("exportVersion", "3.0")
                .put("systemVersion", "3.3.3")
                .put("dbVersion", "109")
                .put("systemName", "Crema")
                .put("systemDescription", "The committed schemas")
                .put("exportedOn", time.toString())
                .put("exportedBy", "crema");
    }

    private static ObjectNode content(Committed committed, String hash) {
        return JSON.createObjectNode()
                .put("contentId", committed.id())
                .put("contentHash", hash)
                .putNull("canonicalHash")
                .put("artifactType", "AVRO")
                .put("contentType", "application/json")
                .putNull("serializedReferences");
    }

    private static ObjectNode described(String subject, Instant time) {
        return JSON.createObjectNode()
                .putNull("groupId")
                .put("artifactId", subject)
                .put("owner", "crema")
                .put("createdOn", time.toEpochMilli())
                .put("modifiedBy", "crema")
                .put("modifiedOn", time.toEpochMilli());
    }

    private static void put(Map<String, byte[]> files, String name, JsonNode node) {
        files.put(name + ".json", node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void zip(ZipOutputStream zip, String name, Map<String, byte[]> files) throws IOException {
        var bytes = files.remove(name);
        if (bytes != null) {
            var entry = new ZipEntry(name);
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
