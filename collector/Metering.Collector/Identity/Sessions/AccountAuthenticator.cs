using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Keys;

namespace Metering.Collector.Identity.Sessions;

/// <summary>Accounts by session cookie, or by API key where the endpoint takes one.</summary>
internal sealed class AccountAuthenticator(SessionStore sessions, ApiKeyStore keys) : IAuthenticator
{
    private const string Scheme = "Bearer ";

    public async ValueTask<CurrentUser> AuthenticateAsync(HttpContext context, bool acceptsKeys)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            // A key that is wrong never falls back to a cookie: the caller meant the key.
            return acceptsKeys && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await keys.FindAsync(authorization[Scheme.Length..].Trim(), context.RequestAborted).ConfigureAwait(false)
                : CurrentUser.Nobody;
        }

        return SessionCookie.Read(context) is { } token
            ? await sessions.FindAsync(token, context.RequestAborted).ConfigureAwait(false)
            : CurrentUser.Nobody;
    }
}
