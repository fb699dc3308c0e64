using System.Globalization;

namespace Metering.Collector.Identity.Access;

/// <summary>A dwelling, named by its building and its own id there.</summary>
public readonly record struct DwellingReference(string BuildingId, string DwellingId);

/// <summary>
/// Who makes a request: an account by session or by API key, a role of the demo, or nobody. Handlers take it as a parameter.
/// </summary>
public sealed record CurrentUser
{
    /// <summary>Nobody has logged in.</summary>
    public static CurrentUser Nobody { get; } = new();

    /// <summary>Number of the account; 0 for nobody and for roles of the demo.</summary>
    public long AccountId { get; init; }

    /// <summary>Name that pages show.</summary>
    public string Name { get; init; } = "";

    /// <summary>Null: nobody.</summary>
    public Role? Role { get; init; }

    /// <summary>Buildings of a landlord.</summary>
    public IReadOnlyList<string> Buildings { get; init; } = [];

    /// <summary>Dwellings of an occupant.</summary>
    public IReadOnlyList<DwellingReference> Dwellings { get; init; } = [];

    /// <summary>Scopes of the API key that was used, or null: a session.</summary>
    public IReadOnlyList<Permission>? KeyScopes { get; init; }

    /// <summary>Number of that key.</summary>
    public long? KeyId { get; init; }

    /// <summary>A role of the demo on loopback: has no account, no password, no keys.</summary>
    public bool IsDemo { get; init; }

    public bool IsSignedIn => Role is not null;

    public bool ByApiKey => KeyScopes is not null;

    /// <summary>Sees pseudonyms instead of names.</summary>
    public bool IsPseudonymised => Role is { } role && RoleTable.ScopeOf(role) == RoleScope.EverythingPseudonymised;

    /// <summary>
    /// How audit log and ledgers name this user: a number, never a name, so that an erased account leaves no name behind in a
    /// log that cannot be edited. The pages turn it into a name while the account exists.
    /// </summary>
    public string Actor => this switch
    {
        { IsDemo: true } => "demo:" + Role!.Value.Name(),
        { KeyId: { } key } => string.Create(CultureInfo.InvariantCulture, $"account:{AccountId}/key:{key}"),
        { IsSignedIn: true } => string.Create(CultureInfo.InvariantCulture, $"account:{AccountId}"),
        _ => "nobody",
    };

    /// <summary>Whether the role, and the key if one was used, allow it at all. Which building is <see cref="Sees(string)"/>.</summary>
    public bool Has(Permission permission) =>
        Role is { } role && RoleTable.Allows(role, permission) && (KeyScopes is null || KeyScopes.Contains(permission));

    /// <summary>Whether a whole building is in the user's scope. Occupants see dwellings, never a building.</summary>
    public bool Sees(string buildingId) => Role is { } role && RoleTable.ScopeOf(role) switch
    {
        RoleScope.Everything or RoleScope.EverythingPseudonymised => true,
        RoleScope.OwnBuildings => Buildings.Contains(buildingId, StringComparer.Ordinal),
        _ => false,
    };

    /// <summary>Whether a dwelling is in the user's scope.</summary>
    public bool Sees(DwellingReference dwelling) => Sees(dwelling.BuildingId) || Dwellings.Contains(dwelling);

    /// <summary>Who makes this request.</summary>
    public static CurrentUser Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<CurrentUser>() ?? Nobody;
    }

    /// <summary>Lets handlers take the user as a parameter.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(Of(context));
}
