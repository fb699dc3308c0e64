namespace Metering.Collector.Identity.Sessions;

/// <summary>
/// The cookies: HttpOnly, SameSite, and under TLS Secure with the <c>__Host-</c> prefix, which no other host and no plain
/// connection can set (RFC 6265bis, section 4.1.3.2).
/// </summary>
internal static class SessionCookie
{
    private const string Session = "metering-session";
    private const string Form = "metering-form";

    /// <summary>The token of the session, or null.</summary>
    public static string? Read(HttpContext context) => Value(context, Session);

    public static void Write(HttpContext context, string token) => Append(context, Session, token);

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name(context, Session), Options(context));

    /// <summary>The secret that forms of somebody without a session are bound to, or null.</summary>
    public static string? ReadForm(HttpContext context) => Value(context, Form);

    public static void WriteForm(HttpContext context, string token) => Append(context, Form, token);

    private static string? Value(HttpContext context, string name) =>
        context.Request.Cookies[Name(context, name)] is { Length: SecretToken.Chars } value ? value : null;

    private static void Append(HttpContext context, string name, string value) => context.Response.Cookies.Append(Name(context, name), value, Options(context));

    private static string Name(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;

    // Lax, not Strict: a link in an alert's e-mail must find the session. Changes are POST, and those have form tokens.
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true,
    };
}
