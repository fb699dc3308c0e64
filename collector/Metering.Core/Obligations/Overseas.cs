namespace Metering.Core.Obligations;

/// <summary>The overseas departments (fr. DROM), which some calls exclude, told by their local time.</summary>
public static class Overseas
{
    /// <summary>IANA zones of the five departments.</summary>
    public static IReadOnlyList<string> TimeZones { get; } =
        ["America/Guadeloupe", "America/Martinique", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte"];

    /// <param name="timeZone">IANA name of the site.</param>
    public static bool Contains(string timeZone) => TimeZones.Contains(timeZone);
}
