using Metering.Collector.Identity.Access;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>Who asks, and what of the registry is there for them. Handlers take it as a parameter and look everything up in it.</summary>
/// <param name="Registry">What the caller may see; for analysts with pseudonyms.</param>
/// <param name="Actor">How ledgers name the caller.</param>
/// <param name="SeesEverything">Whether the caller also sees what belongs to no building: disk, unknown boards.</param>
/// <param name="IsPseudonymised">Whether free text that people wrote is kept back.</param>
internal sealed record ApiCaller(RegistrySnapshot Registry, string Actor, bool SeesEverything, bool IsPseudonymised)
{
    private HashSet<ChannelKey>? channels;
    private HashSet<string>? boards;

    public bool Sees(ChannelKey channel) =>
        SeesEverything || (channels ??= [.. Registry.Assignments.Select(static a => a.Key)]).Contains(channel);

    public bool SeesBoard(string board) =>
        SeesEverything || (boards ??= [.. Registry.Boards.Select(static b => b.Board).Concat(Registry.Assignments.Select(static a => a.Board))]).Contains(board);

    public Building? Building(string id) => Registry.Buildings.FirstOrDefault(b => b.Id == id);

    public MeteringPoint? Point(string id) => Registry.Points.FirstOrDefault(p => p.Id == id);

    /// <summary>Local time of a building; UTC where its site is not registered.</summary>
    public TimeZoneInfo Zone(Building building) =>
        Registry.Sites.FirstOrDefault(s => s.Id == building.SiteId) is { } site ? SiteTime.Zone(site.TimeZone) : TimeZoneInfo.Utc;

    public static async ValueTask<ApiCaller?> BindAsync(HttpContext context)
    {
        var user = CurrentUser.Of(context);
        var view = await VisibleRegistry.OfAsync(context).ConfigureAwait(false);
        return new ApiCaller(view.Snapshot, user.Actor, user.Role is { } role && RoleTable.ScopeOf(role) == RoleScope.Everything, user.IsPseudonymised);
    }
}
