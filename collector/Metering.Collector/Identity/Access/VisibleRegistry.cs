using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Identity.Access;

/// <summary>
/// The registry cut to what the caller may see. Handlers take it as a parameter and look ids up in it: what is not in it
/// does not exist for the caller.
/// </summary>
/// <param name="Snapshot">The visible part; for analysts with pseudonyms.</param>
/// <param name="IsPseudonymised">Names are pseudonyms: what is kept of it must not be shown to others.</param>
public sealed record VisibleRegistry(RegistrySnapshot Snapshot, bool IsPseudonymised)
{
    /// <summary>Nothing was cut away: what is in no registry, such as a stranger's board or a message in quarantine, may be shown too.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether the caller may see a board.</summary>
    public bool HasBoard(string board) => IsWhole || Snapshot.Assignments.Any(a => a.Board == board) || Snapshot.Boards.Any(b => b.Board == board);

    /// <summary>Lets handlers take the registry as a parameter.</summary>
    public static async ValueTask<VisibleRegistry?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await OfAsync(context).ConfigureAwait(false);
    }

    /// <summary>The part that the caller may see, the same within one request.</summary>
    internal static async ValueTask<VisibleRegistry> OfAsync(HttpContext context)
    {
        if (context.Features.Get<VisibleRegistry>() is { } known)
        {
            return known;
        }

        var services = context.RequestServices;
        var whole = await services.GetRequiredService<RegistryStore>().SnapshotAsync(null, context.RequestAborted).ConfigureAwait(false);
        var user = CurrentUser.Of(context);
        var view = new VisibleRegistry(services.GetRequiredService<RegistryCut>().For(user, whole), user.IsPseudonymised)
        {
            IsWhole = user.Role is { } role && RoleTable.ScopeOf(role) == RoleScope.Everything,
        };
        context.Features.Set(view);
        return view;
    }
}
