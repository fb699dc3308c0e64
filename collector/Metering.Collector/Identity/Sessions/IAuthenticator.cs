using Metering.Collector.Identity.Access;

namespace Metering.Collector.Identity.Sessions;

/// <summary>Says who makes a request.</summary>
internal interface IAuthenticator
{
    /// <summary>The user, or <see cref="CurrentUser.Nobody"/>. A key is looked at only where the endpoint accepts one.</summary>
    ValueTask<CurrentUser> AuthenticateAsync(HttpContext context, bool acceptsKeys);
}
