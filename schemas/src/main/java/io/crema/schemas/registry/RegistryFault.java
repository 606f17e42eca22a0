package io.crema.schemas.registry;

/** An answer that is no success: HTTP status, and the registry API's error code and sentence. */
final class RegistryFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    private RegistryFault(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryFault notFound(String path) {
        return new RegistryFault(404, 404, "HTTP 404 Not Found: there is nothing at " + path);
    }

    static RegistryFault methodNotAllowed(String method) {
        return new RegistryFault(405, 405, "HTTP 405 Method Not Allowed: " + method);
    }

    static RegistryFault subjectNotFound(String subject) {
        return new RegistryFault(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryFault versionNotFound(String version) {
        return new RegistryFault(404, 40402, "Version %s not found.".formatted(version));
    }

    static RegistryFault schemaNotFound() {
        return new RegistryFault(404, 40403, "Schema not found");
    }

    static RegistryFault schemaNotFound(String id) {
        return new RegistryFault(404, 40403, "Schema %s not found".formatted(id));
    }

    static RegistryFault invalidVersion(String version) {
        return new RegistryFault(
                422,
                42202,
                "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
                        .formatted(version));
    }

    static RegistryFault invalidSchema(String why) {
        return new RegistryFault(422, 42201, "Invalid schema: " + why);
    }

    static RegistryFault readOnly(String what) {
        return new RegistryFault(
                422,
                42205,
                what
                        + " is not permitted: this registry serves exactly the schemas that are committed with the code, and is in READONLY mode. Commit the schema first");
    }

    static RegistryFault badRequest(String why) {
        return new RegistryFault(400, 400, why);
    }
}
