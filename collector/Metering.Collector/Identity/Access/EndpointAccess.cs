namespace Metering.Collector.Identity.Access;

/// <summary>Declared on an endpoint: the permission that it needs, or null: open to all.</summary>
internal sealed record NeededPermission(Permission? Permission);

/// <summary>Declared on an endpoint: which of its values name what, so that the gate can tell own from other.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Parameter">Route value, or query value.</param>
/// <param name="DwellingParameter">Of a dwelling: the value that names it, beside its building.</param>
internal sealed record NamedResource(ResourceKind Kind, string Parameter, string? DwellingParameter = null);

/// <summary>What a <see cref="NamedResource"/> is.</summary>
internal enum ResourceKind
{
    Building = 0,
    Point = 1,
    Board = 2,
    Dwelling = 3,
}

/// <summary>Declared on an endpoint: an API key is accepted.</summary>
internal sealed record AcceptsApiKeys;

/// <summary>Declared on an endpoint: each read goes into the audit log.</summary>
internal sealed record PersonalDataRead;

/// <summary>How endpoints declare who may use them; the README of this folder shows each.</summary>
internal static class EndpointAccess
{
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededPermission(permission));

    /// <summary>Needs no login: health, login, and the style sheet of the login page.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededPermission(null));

    public static TBuilder ForBuilding<TBuilder>(this TBuilder endpoint, string parameter)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NamedResource(ResourceKind.Building, parameter));

    public static TBuilder ForPoint<TBuilder>(this TBuilder endpoint, string parameter)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NamedResource(ResourceKind.Point, parameter));

    public static TBuilder ForBoard<TBuilder>(this TBuilder endpoint, string parameter)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NamedResource(ResourceKind.Board, parameter));

    public static TBuilder ForDwelling<TBuilder>(this TBuilder endpoint, string building, string dwelling)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NamedResource(ResourceKind.Dwelling, building, dwelling));

    public static TBuilder AcceptApiKeys<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AcceptsApiKeys());

    public static TBuilder ReadsPersonalData<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PersonalDataRead());

    /// <summary>Refuses to start with an endpoint that forgot to say who may use it.</summary>
    /// <exception cref="InvalidOperationException">Names the endpoints.</exception>
    public static void CheckDeclarations(this IEndpointRouteBuilder routes)
    {
        var silent = routes.DataSources.SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<NeededPermission>() is null)
            .Select(e => e.DisplayName)
            .ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints do not declare who may use them (collector/Metering.Collector/Identity/README.md): {string.Join("; ", silent)}");
        }
    }
}
