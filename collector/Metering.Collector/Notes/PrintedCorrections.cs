using Metering.Collector.Storage.Corrections;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;

namespace Metering.Collector.Notes;

/// <summary>Entries of the ledger as the note prints them.</summary>
internal static class PrintedCorrections
{
    public static LedgerCorrection Of(Correction entry, BuildingPart part)
    {
        var what = entry.What;
        var assignment = part.Assignments.FirstOrDefault(a => a.Key == what.Channel && a.From < what.To && (a.To is null || a.To > what.From));
        return new LedgerCorrection
        {
            Number = entry.Id,
            Made = entry.Made,
            Author = entry.Author,
            Reason = entry.Reason,
            Channel = what.Channel,
            Quantity = Quantities.OfChannel(what.Channel.Channel)!.Value,
            Point = assignment is null ? null : part.Points.First(p => p.Id == assignment.PointId).Name,
            From = what.From,
            To = what.To,
            Amount = what.Amount,
            Before = Values(entry.Before),
            After = Values(entry.After),
            Revoked = entry.Revoked is { } by ? new LedgerRevocation(by.At, by.Author, by.Reason) : null,
        };
    }

    private static LedgerValues Values(CorrectionEffect effect) => new(effect.WithValue, effect.FirstValue, effect.LastValue);
}
