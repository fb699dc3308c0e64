using System.Security.Cryptography;
using System.Text;

namespace Metering.Collector.Identity;

/// <summary>
/// Headers of every answer. Scripts, styles and requests come from this origin only, nothing is inline, no site may frame a
/// page, nothing personal stays in a cache.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly (string Directive, string Source)[] Policy =
    [
        ("default-src", "'none'"), ("script-src", "'self'"), ("style-src", "'self'"), ("img-src", "'self' data:"), ("font-src", "'self'"),
        ("connect-src", "'self'"), ("form-action", "'self'"), ("frame-ancestors", "'none'"), ("base-uri", "'none'"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    /// <summary>Lets one answer use a further source: <c>Allow(context, "img-src", "https://tiles.example.org")</c>.</summary>
    public static void Allow(HttpContext context, string directive, string source)
    {
        ArgumentNullException.ThrowIfNull(context);
        Additions(context).Add((directive, source));
    }

    /// <summary>Lets one answer print exactly this text inside <c>&lt;style&gt;</c>.</summary>
    public static void AllowStyle(HttpContext context, string style) =>
        Allow(context, "style-src", $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");

    private static List<(string Directive, string Source)> Additions(HttpContext context)
    {
        if (context.Items[typeof(SecurityHeaders)] is not List<(string, string)> additions)
        {
            context.Items[typeof(SecurityHeaders)] = additions = [];
        }

        return additions;
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        var additions = context.Items[typeof(SecurityHeaders)] as List<(string Directive, string Source)> ?? [];
        headers.ContentSecurityPolicy = string.Join("; ", Policy.Select(p =>
            string.Join(' ', additions.Where(a => a.Directive == p.Directive).Select(a => a.Source).Prepend(p.Source).Prepend(p.Directive))));
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
