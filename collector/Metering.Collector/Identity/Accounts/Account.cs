using Metering.Collector.Identity.Access;
using Metering.Core.Languages;

namespace Metering.Collector.Identity.Accounts;

/// <summary>A person who may log in.</summary>
public sealed record Account
{
    public required long Id { get; init; }

    /// <summary>What is typed at login: a short name or an e-mail address; upper and lower case are the same.</summary>
    public required string Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>False until the one-time link was used.</summary>
    public required bool HasPassword { get; init; }

    public DateTimeOffset? Disabled { get; init; }
    public DateTimeOffset? LastLogin { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Buildings of a landlord.</summary>
    public IReadOnlyList<string> Buildings { get; init; } = [];

    /// <summary>Dwellings of an occupant.</summary>
    public IReadOnlyList<DwellingReference> Dwellings { get; init; } = [];
}

/// <summary>What an administrator decides about an account.</summary>
public sealed record AccountGrant(Role Role, IReadOnlyList<string> Buildings, IReadOnlyList<DwellingReference> Dwellings)
{
    /// <summary>Buildings and dwellings that one account may be given.</summary>
    public const int CountMax = 1000;

    /// <summary>Keeps what goes with the role only, so that a change of role leaves no rights behind.</summary>
    public AccountGrant Trimmed() => RoleTable.ScopeOf(Role) switch
    {
        RoleScope.OwnBuildings => this with { Dwellings = [] },
        RoleScope.OwnDwellings => this with { Buildings = [] },
        _ => this with { Buildings = [], Dwellings = [] },
    };
}

/// <summary>An account or key cannot be made or changed so; the text says what is allowed.</summary>
public sealed class AccountException : Exception
{
    public AccountException()
    {
    }

    public AccountException(string message)
        : base(message)
    {
    }

    public AccountException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="french">What is allowed, for pages in French.</param>
    /// <param name="english">The same in English; also the message.</param>
    public AccountException(string french, string english)
        : base(english) => French = french;

    private string? French { get; }

    /// <summary>The sentence in a language.</summary>
    public string In(Language language) => language == Language.French && French is not null ? French : Message;
}
