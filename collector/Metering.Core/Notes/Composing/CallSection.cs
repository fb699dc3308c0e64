using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Composing;

/// <summary>Section 8.1: what the call itself asks, clause by clause, from its rules file.</summary>
internal static class CallSection
{
    public static void Write(Composition c)
    {
        var title = c.Of("Exigences de l’appel", "Requirements of the call");
        if (c.Model.Call is not { } call)
        {
            c.Section("8.1", title, [new MissingBlock(c.Of(
                "Aucun appel à projets connu pour ce bâtiment : donner sa clé (guadeloupe, capi, fnap, cd2e, aula, ou celle d’un fichier du dossier « calls ») dans le registre.",
                "No known call for this building: give its key (guadeloupe, capi, fnap, cd2e, aula, or that of a file in the folder “calls”) in the registry."))]);
            return;
        }

        var category = c.Dossier.Category ?? (call.Categories.Count == 1 ? call.Categories[0].Key : null);
        if (category is null || call.Categories.All(k => k.Key != category))
        {
            c.Section("8.1", title, [new MissingBlock(c.Of("Catégorie de l’opération : rubrique « category » du dossier, parmi ", "Category of the operation: item “category” of the dossier, one of ")
                + string.Join(", ", call.Categories.Select(k => k.Key)) + ".")]);
            return;
        }

        var outcomes = RequirementCheck.Evaluate(call, category, Calculated(c), Measured(c));
        var blocks = new List<NoteBlock>
        {
            c.Table("call", call.Title.In(c.Language) + ", " + call.Categories.First(k => k.Key == category).Title.In(c.Language),
                [
                    new(c.Of("Clause", "Clause")), new(c.Of("Exigence", "Requirement")), new(c.Of("Seuil", "Threshold")), new(c.Of("Calculée", "Calculated")),
                    new(c.Of("Verdict sur le calcul", "Verdict on the calculation")), new(c.Of("Mesurée", "Measured")), new(c.Of("Verdict sur la mesure", "Verdict on the measurement")), new(c.Of("Unité", "Unit")),
                ],
                [.. outcomes.Select(o => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(o.Requirement.Clause), NoteCell.Of(o.Requirement.Text.In(c.Language)), Value(o.Threshold), Value(o.Calculated?.Value), NoteCell.Of(Verdict(c, o.CalculatedVerdict, o.Calculated)),
                    Value(o.Measured?.Value), NoteCell.Of(Verdict(c, o.MeasuredVerdict, o.Measured)), NoteCell.Of(o.Requirement.Unit),
                ])],
                call.Source,
                [.. outcomes.Where(o => o.Requirement.Limit.HasValue).Select(o => o.Requirement.Clause + c.Of(" : ", ": ") + o.Requirement.Limit!.Value.In(c.Language))]),
        };
        blocks.AddRange(call.Warnings.Select(w => (NoteBlock)new BoxBlock(w.Clause, [w.Text.In(c.Language)], BoxTone.Warning)));
        if (Mismatch(c, call.Categories.First(k => k.Key == category)) is { Count: > 0 } mismatch)
        {
            blocks.Insert(0, new BoxBlock(c.Of("La catégorie et le bâtiment ne s’accordent pas", "Category and building do not agree"), mismatch, BoxTone.Warning));
        }

        c.Section("8.1", title, blocks);
        CallSheets.CallSheets.Write(c, call, category);
    }

    /// <summary>The call allows some combinations of typology and objective only (Guadeloupe, § 3.1).</summary>
    private static List<string> Mismatch(Composition c, CallCategory category)
    {
        var lines = new List<string>();
        var cooled = c.Model.Consumption.Any(p => p.Point.Use == PointUse.Cooling);
        if (category.AirConditioned is { } expected && expected != cooled)
        {
            lines.Add(expected
                ? c.Of("La catégorie suppose une climatisation ; aucun circuit de climatisation n’est compté.", "The category assumes air conditioning; no air-conditioning circuit is metered.")
                : c.Of("La catégorie exclut la climatisation ; un circuit de climatisation est compté.", "The category excludes air conditioning; an air-conditioning circuit is metered."));
        }

        if (category.FloorAreaBelowM2 is { } limit && c.Model.Building.FloorAreaM2 >= limit)
        {
            lines.Add(c.Of("La catégorie est réservée aux surfaces inférieures à ", "The category is for floor areas below ") + c.Numbers.Quantity(limit, 0, "m²") + ".");
        }

        return lines;
    }

    private static NoteCell Value(double? value) => value is { } v ? NoteCell.Of(v, Composition.Decimals(Math.Round(v, 2))) : NoteCell.Missing;

    private static string Verdict(Composition c, RequirementVerdict verdict, RequirementValue? value) => verdict switch
    {
        RequirementVerdict.ByDocument => c.Of("sur pièce", "by document"),
        _ when value is null => NoteNumbers.Missing,
        RequirementVerdict.Met => c.Of("atteint", "met"),
        RequirementVerdict.Compatible => c.Of("compatible", "compatible"),
        RequirementVerdict.NotMet => c.Of("non atteint", "not met"),
        _ => c.Of("non concluant", "inconclusive"),
    };

    private static Dictionary<string, double> Calculated(Composition c)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        AddRatio("ict-ratio", "ICT'");
        AddRatio("bbio-ratio", "BBIO'");
        Add(RegulatoryQuantities.CepBefore, "Cep", "before");
        Add(RegulatoryQuantities.CepAfter, "Cep", "after");
        Add("ges-before", "GES", "before");
        Add("ges-after", "GES", "after");
        AddClass("dpe-before", "DPE", "before");
        AddClass("dpe-after", "DPE", "after");
        AddClass("dpeg-class", "DPEG", "after");
        if (values.TryGetValue(RegulatoryQuantities.CepBefore, out var before) && values.TryGetValue(RegulatoryQuantities.CepAfter, out var after)
            && RegulatoryQuantities.GainPct(before, after) is { } gain)
        {
            values[RegulatoryQuantities.CepSavingsPct] = gain;
        }

        values["overseas"] = Overseas.Contains(c.Model.Site.TimeZone) ? 1 : 0;
        values["envelope-works"] = c.Dossier.Works.Count(w => w.Envelope);
        if (FnapRows.Of(c.Model) is { ApprovalAgeYears: { } age })
        {
            values["approval-age-years"] = age;
        }

        if (BeposTerms.Of(c.Model).Calculated is { } bepos)
        {
            values["bepos-balance-kwh"] = bepos.Balance;
            values["e-prime-kwh"] = bepos.EPrime;
        }

        return values;

        // Several dwellings may have one value each: the call compares means (Guadeloupe, § 3.1.2).
        void AddRatio(string quantity, string kind)
        {
            var own = After(kind);
            var reference = After(kind + "réf");
            if (own.Count > 0 && reference.Count > 0 && reference.Average() > 0)
            {
                values[quantity] = own.Average() / reference.Average();
            }
            else if (own.Count > 0 && reference.Count == 0)
            {
                values[quantity] = own[^1];
            }
        }

        List<double> After(string kind) =>
            [.. c.Dossier.RegulatoryValues.Where(v => v.Kind == kind && v.Phase == "after" && v.Value.HasValue).Select(v => v.Value!.Value)];

        void Add(string quantity, string kind, string phase)
        {
            if (c.Dossier.RegulatoryValues.LastOrDefault(v => v.Kind == kind && v.Phase == phase)?.Value is { } value)
            {
                values[quantity] = value;
            }
        }

        void AddClass(string quantity, string kind, string phase)
        {
            if (c.Dossier.RegulatoryValues.LastOrDefault(v => v.Kind == kind && v.Phase == phase)?.Label is { Length: 1 } label && label[0] is >= 'A' and <= 'G')
            {
                values[quantity] = RequirementCheck.ClassNumber(label[0]);
            }
        }
    }

    private static Dictionary<string, RequirementValue> Measured(Composition c)
    {
        var values = new Dictionary<string, RequirementValue>(StringComparer.Ordinal);
        if (c.Indicators.SavingsPercent is { Value: { } savings, Complete: true } found)
        {
            values["savings-pct"] = new(savings, found.HalfWidth);
        }

        var cooling = c.Model.Consumption.Where(p => p.Point.Use == PointUse.Cooling).SelectMany(p => p.Registers).Select(r => (double)r.PulseWeightWh).Distinct().ToList();
        if (cooling.Count == 1)
        {
            values["pulse-weight-wh"] = new(cooling[0]);
        }

        if (BeposTerms.Of(c.Model).Measured is { } bepos)
        {
            values["bepos-balance-kwh"] = new(bepos.Balance);
            values["e-prime-kwh"] = new(bepos.EPrime);
        }

        if (c.Model.FollowUp is { } f)
        {
            values["follow-up-months"] = new(Months(f.Months, f.Year1.From, f.Year2.To));
            values["baseline-months"] = new(Months(f.Months, f.Before.From, f.Before.To));
        }

        var before = c.Dossier.Charges.FirstOrDefault(r => r.Phase == "before");
        var after = c.Dossier.Charges.LastOrDefault(r => r.Phase == "observed" && r.Dwelling == before?.Dwelling);
        if (before is not null && after is not null)
        {
            values["rent-and-charges-change-eur"] = new((double)(after.Total - before.Total));
        }

        return values;
    }

    private static int Months(IReadOnlyList<Model.EnergyStep> months, DateTimeOffset from, DateTimeOffset to) =>
        months.Count(m => m.Start >= from && m.Start < to && m.EnergyKwh.HasValue && (m.Flags & QualityFlags.Incomplete) == 0);
}
