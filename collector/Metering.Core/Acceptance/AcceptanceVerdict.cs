namespace Metering.Core.Acceptance;

/// <summary>What a channel's acceptance came to.</summary>
public enum AcceptanceVerdict
{
    /// <summary>The display was not read.</summary>
    NotTested = 0,

    Passed = 1,

    /// <summary>No pulse came while the load was on, or register and display differ by more than the tolerance.</summary>
    Failed = 2,
}
