using System.Globalization;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Notes;

/// <summary>Reads the period of a note: year1, year2, two-years, or FROM/TO in local days, TO excluded.</summary>
internal static class NotePeriods
{
    public const string Allowed = "year1, year2, two-years, or FROM/TO as YYYY-MM-DD/YYYY-MM-DD (local days, TO excluded)";

    /// <summary>First instant and end (exclusive).</summary>
    /// <exception cref="NoteException">Not a period, or the building has no date of reception.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) Read(string text, Building building, Site site)
    {
        ArgumentNullException.ThrowIfNull(text);
        var zone = SiteTime.Zone(site.TimeZone);
        var (first, last) = text switch
        {
            "year1" => (Reception(), Reception().AddYears(1)),
            "year2" => (Reception().AddYears(1), Reception().AddYears(2)),
            "two-years" => (Reception(), Reception().AddYears(2)),
            _ => Days(text),
        };
        return (LocalCalendar.StartOfDay(first, zone), LocalCalendar.StartOfDay(last, zone));

        DateOnly Reception() => building.Reception
            ?? throw new NoteException(
                $"Period '{text}' begins at the reception of the works, and building '{building.Id}' has no date of reception in the registry.");
    }

    /// <summary>
    /// Twelve months before the works and the two years after reception; null
    /// when the building has no reception or the period does not touch those years.
    /// </summary>
    public static FollowUpPeriods? FollowUp(Building building, Site site, NoteDossier dossier, NotePeriod period)
    {
        if (building.Reception is not { } reception)
        {
            return null;
        }

        var zone = SiteTime.Zone(site.TimeZone);
        var start = LocalCalendar.StartOfDay(reception, zone);
        var works = dossier.WorksStart is { } day && day < reception ? day : reception;
        return period.To <= start || period.From >= LocalCalendar.StartOfDay(reception.AddYears(2), zone)
            ? null
            : new FollowUpPeriods(
                new NotePeriod(LocalCalendar.StartOfDay(works.AddYears(-1), zone), LocalCalendar.StartOfDay(works, zone)),
                new NotePeriod(start, LocalCalendar.StartOfDay(reception.AddYears(1), zone)),
                new NotePeriod(LocalCalendar.StartOfDay(reception.AddYears(1), zone), LocalCalendar.StartOfDay(reception.AddYears(2), zone)));
    }

    private static (DateOnly First, DateOnly Last) Days(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            && DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            && last > first
            ? (first, last)
            : throw new NoteException($"Period '{text}' is not known; allowed are {Allowed}.");
    }
}
