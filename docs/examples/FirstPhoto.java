// From a key to the first accepted photo, and the check of a webhook. Needs Java 17 and nothing else: java FirstPhoto.java,
// with GRADPHOTO, CLIENT_ID and CLIENT_SECRET in the environment. A real system reads JSON with a library.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class FirstPhoto {
    static final String ORIGIN = System.getenv("GRADPHOTO");
    static final HttpClient HTTP = HttpClient.newHttpClient();

    static byte[] send(HttpRequest.Builder request) throws Exception {
        var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    /** A token of ten minutes (RFC 6749, 4.4). */
    static String accessToken() throws Exception {
        var key = System.getenv("CLIENT_ID") + ":" + System.getenv("CLIENT_SECRET");
        var request = HttpRequest.newBuilder(URI.create(ORIGIN + "/oauth/token"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"));
        return field(new String(send(request), StandardCharsets.UTF_8), "access_token");
    }

    static byte[] get(String path, String token) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(ORIGIN + path)).header("Authorization", "Bearer " + token));
    }

    /** The first text of this name in a JSON document. */
    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return found.group(1);
    }

    static String text(String path, String token) throws Exception {
        return new String(get(path, token), StandardCharsets.UTF_8);
    }

    /** Whether a webhook is to be believed: its signature over the raw body, and its age (Standard Webhooks). */
    static boolean isFromGradphoto(String secret, String id, String at, String signatures, byte[] body, long now)
        throws Exception {
        if (Math.abs(now - Long.parseLong(at)) > 300) {
            return false;
        }
        var mac = Mac.getInstance("HmacSHA256");
        var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
        var made = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        for (var signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(made.getBytes(), signature.getBytes())) {
                return true;
            }
        }
        return false;
    }

    static void verifyTheExampleOfTheSpecification() throws Exception {
        var secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        var at = 1614265330L;
        var id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        if (!isFromGradphoto(secret, id, "" + at, signature, body, at)
            || isFromGradphoto(secret, id, "" + at, signature, new byte[0], at)) {
            throw new IllegalStateException("the signature is not verified");
        }
    }

    public static void main(String[] arguments) throws Exception {
        verifyTheExampleOfTheSpecification();
        var token = accessToken();
        var school = field(text("/api/v1/staff/schools?limit=1", token), "id");
        var task = field(text("/api/v1/schools/" + school + "/tasks?limit=1", token), "id");
        var photos = text("/api/v1/tasks/" + task + "/photos?state=approved&limit=1", token);
        var picture = get("/api/v1/tasks/" + task + "/photos/" + field(photos, "id") + "/image", token);
        var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
        if (!digest.equals(field(photos, "sha256"))) {
            throw new IllegalStateException("not what was announced");
        }
        Files.write(Path.of("photo.jpg"), picture);
        System.out.println(field(photos, "name"));
    }
}
