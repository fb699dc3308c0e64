using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;

namespace Metering.Core.Notes;

/// <summary>The FNAP follow-up row of a building, from its dossier and its meters.</summary>
public static class FnapRows
{
    /// <returns>Null: the dossier has no FNAP item.</returns>
    public static FnapFollowUp? Of(NoteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var dossier = model.Dossier;
        if (dossier.Fnap is not { } sheet)
        {
            return null;
        }

        var (dpeBefore, dpeAfter) = (Value("DPE", "before"), Value("DPE", "after"));
        var measured = model.FollowUp is { } f ? Indicators.Consumption(f, model.Building with { FloorAreaM2 = 1 }) : null;
        return new FnapFollowUp
        {
            Landlord = sheet.Landlord,
            DwellingsBefore = sheet.DwellingsBefore,
            DwellingsAfter = sheet.DwellingsAfter,
            LivingAreaAfterM2 = sheet.LivingAreaAfterM2,
            CostEur = sheet.CostEur,
            StateAidEur = sheet.StateAidEur,
            DpeBefore = Letter(dpeBefore),
            CepBefore = Value("Cep", "before")?.Value ?? dpeBefore?.Value,
            DpeDate = dpeBefore?.Date,
            DpeAfter = Letter(dpeAfter),
            DpeAfterDate = dpeAfter?.Date,
            CepAfter = Value("Cep", "after")?.Value ?? dpeAfter?.Value,
            GesBefore = Value("GES", "before")?.Value,
            GesAfter = Value("GES", "after")?.Value,
            Location = sheet.Location,
            Overseas = Overseas.Contains(model.Site.TimeZone),
            ApprovalAgeYears = sheet.ApprovedYear is { } year && dpeBefore is not null ? dpeBefore.Date.Year - year : null,
            MeasuredFinalKwh = measured,
            MeasuredPrimaryKwh = Indicators.Factor(dossier, "pef") is { } pef ? measured * (double)pef.Value : null,
        };

        RegulatoryValue? Value(string kind, string phase) => dossier.RegulatoryValues.LastOrDefault(v => v.Kind == kind && v.Phase == phase);
    }

    private static char? Letter(RegulatoryValue? value) => value?.Label is { Length: 1 } label && label[0] is >= 'A' and <= 'G' ? label[0] : null;
}
