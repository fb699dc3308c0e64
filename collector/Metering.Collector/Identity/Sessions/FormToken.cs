using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Metering.Collector.Web.Html;

namespace Metering.Collector.Identity.Sessions;

/// <summary>
/// Antiforgery: each form carries an HMAC that only this site's pages can know, keyed with the secret in the visitor's
/// HttpOnly cookie. No state on the server, and a form stays valid as long as the session.
/// </summary>
public static class FormToken
{
    /// <summary>Name of the hidden field.</summary>
    public const string FieldName = "form-token";

    /// <summary>Header that scripts send instead.</summary>
    public const string HeaderName = "X-Form-Token";

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("metering form");

    /// <summary>The hidden field of a form.</summary>
    public static Markup Field(HttpContext context) => Markup.Of($"""<input type="hidden" name="{FieldName}" value="{Of(context)}">""");

    /// <summary>The token for pages whose scripts change something: printed as <c>&lt;meta name="form-token"&gt;</c>.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Secret(context) is { } secret)
        {
            return Compute(secret);
        }

        var fresh = SecretToken.New();
        context.Items[typeof(FormToken)] = fresh;
        SessionCookie.WriteForm(context, fresh);
        return Compute(fresh);
    }

    /// <summary>Whether a request that changes something came from one of our forms.</summary>
    internal static async ValueTask<bool> IsValidAsync(HttpContext context)
    {
        var request = context.Request;
        if (Secret(context) is not { } secret || IsForeign(request))
        {
            return false;
        }

        var shown = request.Headers[HeaderName].ToString();
        if (shown.Length == 0 && request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            shown = form[FieldName].ToString();
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(Compute(secret)));
    }

    private static string? Secret(HttpContext context) =>
        context.Items[typeof(FormToken)] as string ?? SessionCookie.Read(context) ?? SessionCookie.ReadForm(context);

    /// <summary>What the browser itself says about where a form comes from (Fetch Metadata, Origin): a second line, where it says anything.</summary>
    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                && string.Equals(from.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase));
    }

    private static string Compute(string secret) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Purpose));
}
