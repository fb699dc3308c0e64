using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Pages;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity;

/// <summary>Puts identity in front of pages and API.</summary>
internal static class IdentitySetup
{
    /// <summary>Longest body of a request, bytes; a registry of a thousand buildings has a fifth of it. An endpoint may set its own.</summary>
    public const int RequestBodyBytesMax = 4 << 20;

    /// <param name="services">Services of the collector.</param>
    /// <param name="database">Accounts, sessions, keys and audit log are in the store.</param>
    /// <param name="isDemo">Roles without passwords: <c>metering demo</c> on loopback only.</param>
    public static void AddMeteringIdentity(this IServiceCollection services, SqliteDatabase database, bool isDemo)
    {
        services.AddSingleton(_ => new Pseudonyms(PseudonymKey.Of(Path.GetDirectoryName(database.Path)!)));
        services.AddSingleton<RegistryCut>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<IAuthenticator, DemoAuthenticator>();
    }

    /// <summary>Call between routing and the endpoints.</summary>
    public static void UseMeteringIdentity(this WebApplication application)
    {
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<FailureAnswers>();
        application.UseRouting();
        application.UseMiddleware<AccessGate>();
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes, bool isDemo)
    {
        if (isDemo)
        {
            DemoRoles.Map(routes);
        }
    }
}
