using Metering.Collector.Identity.Access;

namespace Metering.Collector.Identity.Keys;

/// <summary>A key of an account for programs. The secret is shown once, when the key is made.</summary>
/// <param name="Id">Number.</param>
/// <param name="Name">What it is for, in the owner's words.</param>
/// <param name="Scopes">What it may do, within what its owner may.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Revoked">When it was taken back, or null.</param>
/// <param name="Used">Last use, to the hour, or null.</param>
public sealed record ApiKey(long Id, string Name, IReadOnlyList<Permission> Scopes, DateTimeOffset Created, DateTimeOffset Expires, DateTimeOffset? Revoked, DateTimeOffset? Used)
{
    /// <summary>Longest life of a key, days.</summary>
    public const int DaysMax = 730;

    /// <summary>Keys of one account that work at once.</summary>
    public const int PerAccountMax = 20;

    /// <summary>Characters of a name.</summary>
    public const int NameCharsMax = 64;

    /// <summary>Says what a found secret belongs to.</summary>
    public const string Prefix = "mtr_";
}
