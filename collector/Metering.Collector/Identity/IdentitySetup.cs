using Metering.Collector.Api;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Keys;
using Metering.Collector.Identity.Pages;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Metering.Collector.Identity;

/// <summary>Puts identity in front of pages and API.</summary>
internal static class IdentitySetup
{
    /// <summary>Longest body of a request, bytes; a registry of a thousand buildings has a fifth of it. An endpoint may set its own.</summary>
    public const int RequestBodyBytesMax = 4 << 20;

    /// <summary>Fields of one form: an account with all of its buildings and dwellings.</summary>
    private const int FormFieldsMax = 2 * AccountGrant.CountMax;

    /// <summary>Bytes of one value of a form; an endpoint that takes files sets its own.</summary>
    private const int FormValueBytesMax = 64 << 10;

    /// <param name="services">Services of the collector.</param>
    /// <param name="http">Where the pages are reached.</param>
    /// <param name="database">Accounts, sessions, keys and audit log are in the store.</param>
    /// <param name="isDemo">Roles without passwords: <c>metering demo</c> on loopback only.</param>
    public static void AddMeteringIdentity(this IServiceCollection services, HttpSettings http, SqliteDatabase database, bool isDemo)
    {
        services.AddSingleton(_ => new Pseudonyms(PseudonymKey.Of(Path.GetDirectoryName(database.Path)!)));
        services.AddSingleton<RegistryCut>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AccountStore>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<AddressFailures>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton(new SiteAddress(http.PublicUrl is null ? null : new Uri(http.PublicUrl)));
        if (isDemo)
        {
            services.AddSingleton<IAuthenticator, DemoAuthenticator>();
        }
        else
        {
            services.AddSingleton<IAuthenticator, AccountAuthenticator>();
        }

        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = FormFieldsMax;
            form.ValueLengthLimit = FormValueBytesMax;
        });

        // Behind a proxy on this machine the last entry is the visitor as the proxy saw it; from elsewhere the header is ignored.
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = http.PublicUrl is null ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
            forwarded.ForwardLimit = 1;
        });
    }

    /// <summary>Call before the endpoints are mapped.</summary>
    public static void UseMeteringIdentity(this WebApplication application, HttpSettings http)
    {
        application.UseForwardedHeaders();
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<FailureAnswers>();
        application.UseMiddleware<KnownHosts>(http);
        application.UseApiErrors();
        application.UseRouting();
        application.UseMiddleware<AccessGate>();
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes, bool isDemo)
    {
        if (isDemo)
        {
            DemoRoles.Map(routes);
        }

        LoginPage.Map(routes);
        WelcomePage.Map(routes);
        AccountPage.Map(routes);
        UsersPage.Map(routes);
        AuditPage.Map(routes);
    }
}
