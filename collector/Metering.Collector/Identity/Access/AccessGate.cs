using Metering.Collector.Api;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Sessions;
using Microsoft.AspNetCore.Routing;

namespace Metering.Collector.Identity.Access;

/// <summary>
/// The one gate that every request passes after routing: who is it, may they, is it a real form, is it written down. What an
/// endpoint needs stands in its metadata (<see cref="EndpointAccess"/>); an endpoint that declares nothing is closed.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, IAuthenticator authenticator, AuditLog audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.GetEndpoint()?.Metadata;
        var needed = metadata?.GetMetadata<NeededPermission>();
        var user = await authenticator.AuthenticateAsync(context, AcceptsKeys(context)).ConfigureAwait(false);
        context.Features.Set(user);

        if (needed is not { Permission: null })
        {
            if (!user.IsSignedIn)
            {
                await AccessAnswers.LogInAsync(context).ConfigureAwait(false);
                return;
            }

            // Routing answers 404, 405 and 415 by endpoints of its own, which carry no metadata.
            if (needed is null && metadata is { Count: > 0 } || needed?.Permission is { } permission && !user.Has(permission))
            {
                await AccessAnswers.ForbiddenAsync(context).ConfigureAwait(false);
                return;
            }
        }

        AccessTarget? target = null;
        if (metadata?.GetMetadata<NamedResource>() is { } named)
        {
            var view = await VisibleRegistry.OfAsync(context).ConfigureAwait(false);
            target = AccessTarget.Find(named, context, view.Snapshot);
            if (target is { Exists: false })
            {
                await AccessAnswers.NotFoundAsync(context).ConfigureAwait(false);
                return;
            }

            if (target is { IsPersonal: true } && needed?.Permission == Permission.ViewReadings && !user.Has(Permission.ViewPersonalReadings))
            {
                await AccessAnswers.ForbiddenAsync(context).ConfigureAwait(false);
                return;
            }
        }

        if (needed is null || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            if (needed?.Permission is not null && (target is { IsPersonal: true } || metadata?.GetMetadata<PersonalDataRead>() is not null))
            {
                await WriteAsync(context, user, "read", target, "").ConfigureAwait(false);
            }

            await next(context).ConfigureAwait(false);
            return;
        }

        if (!user.ByApiKey && !await FormToken.IsValidAsync(context).ConfigureAwait(false))
        {
            await AccessAnswers.NoFormTokenAsync(context).ConfigureAwait(false);
            return;
        }

        // An address that is not there (the fallback takes every method) changes nothing.
        var isLogged = needed.Permission is not null && metadata?.GetMetadata<HttpMethodMetadata>() is not null;
        await ChangeAsync(context, user, isLogged, target).ConfigureAwait(false);
    }

    /// <summary>A program that mistypes an address of the API is told so, and not that its key is wrong.</summary>
    private static bool AcceptsKeys(HttpContext context) => context.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<AcceptsApiKeys>() is not null
        : ApiErrors.IsApi(context.Request.Path);

    // The entry comes first: a change that cannot be written down does not happen.
    private async Task ChangeAsync(HttpContext context, CurrentUser user, bool isLogged, AccessTarget? target)
    {
        if (!isLogged)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        await WriteAsync(context, user, "change", target, "").ConfigureAwait(false);
        await next(context).ConfigureAwait(false);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            await WriteAsync(context, user, "change.refused", target, FormattableString.Invariant($"answer {context.Response.StatusCode}")).ConfigureAwait(false);
        }
    }

    private Task WriteAsync(HttpContext context, CurrentUser user, string action, AccessTarget? target, string detail)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return audit.AppendAsync(
            user.Actor, action, target?.Subject ?? route, $"{context.Request.Method} {route} {detail}".TrimEnd(),
            context.Connection.RemoteIpAddress?.ToString() ?? "", CancellationToken.None);
    }
}
