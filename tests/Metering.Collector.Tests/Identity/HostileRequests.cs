using System.Globalization;
using System.Text;

namespace Metering.Collector.Tests.Identity;

/// <summary>Draws requests that no well-behaved client sends. The same seed draws the same ones.</summary>
/// <param name="random">Seeded.</param>
/// <param name="callers">Header blocks that say who asks.</param>
internal sealed class HostileRequests(Random random, string[] callers)
{
    private static readonly string[] Paths =
    [
        "/", "/login", "/welcome", "/account", "/account/password", "/account/keys", "/account/keys/{id}/revoke", "/users", "/users/{id}", "/users/{id}/grant",
        "/users/{id}/link", "/audit", "/buildings/{id}", "/buildings/{id}/note", "/points/{id}", "/boards", "/quality", "/assets/{id}", "/health/live",
        "/health/ready", "/metrics", "/api/v1/buildings", "/api/v1/buildings/{id}/verification", "/api/v1/points", "/api/v1/points/{id}/readings",
        "/api/v1/points/{id}/series", "/api/v1/boards", "/{id}", "/api/v1/{id}", "/api/{id}/../../{id}", "//{id}", "/api/v1/alerts", "/api/v1/alerts/{id}",
        "/sensorthings/v1.1/Things({id})", "/sensorthings/v1.1/Datastreams({id})/Observations",
    ];

    private static readonly string[] Ids =
    [
        "own", "other", "common-own", "salon-dupont-own", "pages.css", "1", "0", "-1", "9223372036854775807", "9223372036854775808", "1e999", "NaN",
        "..", "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/secret.db", "..\\..\\secret.db", "%00", "a%00b", "%", "%zz", "%c0%ae%c0%ae", "%ed%a0%80",
        "%ff%fe", "%u0041", "'%20OR%201=1--", "\"><script>alert(1)</script>", "%3Cscript%3E", "{{7*7}}", "${jndi:ldap://x}", "own%0d%0aSet-Cookie:x=1", "con", "nul",
        "é", "%C3%A9", "%F0%9F%98%80", "\u202e", "*", "?", "own?", "own;x=1", "own/../other", "own%2f..%2fother", "~", "|", "own%20", "%20own", "OWN", ":", "@", "[", "]", "^",
    ];

    private static readonly string[] Names =
        ["board", "channel", "from", "to", "limit", "steps", "format", "building", "before", "lang", "return", "token", "name", "role", "$top", "$filter", "$skip", "x", ""];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "2000", "2001", "10000", "99999999999999999999", "253402300799", "253402300800", "-253402300800", "2031-05-06T07:08:09Z", "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01", "NaN", "Infinity", "1e400", "true", "null", "[]", "{}", "csv", "json", "fr", "en", "ch1", "t1", "0024befffe804ff1",
        "//evil.example", "/\\evil.example", "javascript:alert(1)", "%0d%0aX: y", "%00", "a%00", "%", "%ff", "%ed%a0%80", "'; DROP TABLE audit;--", "administrator", "AAAA", "%F0%9F%98%80",
    ];

    private static readonly string[] Methods =
        ["GET", "GET", "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G\0T", "", "VERYLONGMETHODNAMETHATNOBODYKNOWS"];

    private static readonly string[] Headers =
    [
        "Accept: text/html", "Accept: application/json", "Accept: */*;q=abc", "Accept: text/html;q=999999999999", "Accept-Language: en;q=x, \u0001", "Accept-Language: fr-FR,fr;q=0.9",
        "Accept-Encoding: gzip, br, \0", "Content-Type: application/json", "Content-Type: text/plain; charset=none", "Content-Type: multipart/form-data", "Content-Type: multipart/form-data; boundary=\"",
        "Content-Type: ;;;", "Authorization: Bearer", "Authorization: Bearer x", "Authorization: Basic Og==", "Authorization: \u00ff\u00fe", "Cookie: metering-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Cookie: ;;;=;=", "Cookie: metering-session=\"", "Cookie: lang=\u0080", "X-Forwarded-For: 1.2.3.4, ::::, %%%", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: evil.example", "X-HTTP-Method-Override: DELETE",
        "If-None-Match: \"", "If-None-Match: W/\"x\", \"\", *", "If-Modified-Since: Tue, 99 Foo 99999", "Range: bytes=-1--2,0-99999999999999999999", "Expect: 100-continue", "Expect: the unexpected",
        "Upgrade: h2c", "Upgrade: websocket", "Transfer-Encoding: identity", "Transfer-Encoding: chunked, chunked", "Origin: null", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site",
        "Host: evil.example", "Host: ", "Host: a b", "Content-Length: 5, 6", "Content-Length: -1", "Content-Length: 99999999999999999999", "X: " , ": y", "no colon here", " folded: yes", "X-Form-Token: \u00e9", "Referer: \u0000",
    ];

    /// <summary>The next request, whole.</summary>
    public byte[] Next()
    {
        var head = new StringBuilder();
        var method = Pick(Methods);
        var body = method is "GET" or "HEAD" && random.Next(8) > 0 ? [] : Body();
        head.Append(method).Append(' ').Append(Target()).Append(random.Next(60) switch { 0 => " HTTP/9.9", 1 => "", 2 => " HTTP/1.0", 3 => " http/1.1", _ => " HTTP/1.1" }).Append("\r\n");
        if (random.Next(40) > 0)
        {
            head.Append("Host: 127.0.0.1\r\n");
        }

        head.Append(Pick(callers));
        for (var i = random.Next(3); i > 0; i--)
        {
            head.Append(Pick(Headers)).Append("\r\n");
        }

        if (random.Next(300) == 0)
        {
            head.Append("X-Long: ").Append('a', random.Next(1000, 40_000)).Append("\r\n");
        }

        if (random.Next(300) == 0)
        {
            for (var i = 0; i < 150; i++)
            {
                head.Append(CultureInfo.InvariantCulture, $"X-{i}: {i}\r\n");
            }
        }

        if (body.Length > 0)
        {
            head.Append(Pick(["Content-Type: application/x-www-form-urlencoded", "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=b", "Content-Type: text/csv", "X: y"])).Append("\r\n");
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {(random.Next(50) == 0 ? (5L << 20) : body.Length)}\r\n");
        }

        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private string Target()
    {
        if (random.Next(100) == 0)
        {
            return Pick(["*", "http://evil.example/", "evil", "", "/\0", "/a b", "\\", "/%", "?", "#", "http://[::1", new string('/', 200)]);
        }

        var path = Pick(Paths);
        while (path.IndexOf("{id}", StringComparison.Ordinal) is >= 0 and var at)
        {
            path = path[..at] + Id() + path[(at + 4)..];
        }

        var target = new StringBuilder(path);
        var separator = '?';
        for (var i = random.Next(4); i > 0; i--)
        {
            target.Append(separator).Append(Pick(Names)).Append('=').Append(Pick(Values));
            separator = random.Next(20) == 0 ? ';' : '&';
        }

        if (random.Next(400) == 0)
        {
            target.Append(separator).Append("long=").Append('x', random.Next(1000, 20_000));
        }

        return target.ToString();
    }

    private string Id() => random.Next(20) switch
    {
        0 => new string((char)random.Next(33, 127), random.Next(1, 2000)),
        1 => Noise(random.Next(1, 30)),
        _ => Pick(Ids),
    };

    private byte[] Body()
    {
        var text = random.Next(10) switch
        {
            0 => "{",
            1 => new string('[', random.Next(1, 5000)),
            2 => "{\"a\":" + Noise(20) + "}",
            3 => "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--b--",
            4 => "--b\r\nContent-Disposition: form-data; name=\"" + Noise(30),
            5 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pick(Names) + "=" + Pick(Values) + "&")),
            6 => string.Concat(Enumerable.Repeat("a=1&", random.Next(10) == 0 ? 5000 : 20)),
            7 => "name=" + new string('a', random.Next(10) == 0 ? 100_000 : 300) + "&password=" + Pick(Values),
            8 => "null",
            _ => Noise(random.Next(0, 200)),
        };
        return Encoding.Latin1.GetBytes(text);
    }

    private string Noise(int length) => string.Create(length, random, static (text, from) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)from.Next(1, 256);
        }
    });

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
