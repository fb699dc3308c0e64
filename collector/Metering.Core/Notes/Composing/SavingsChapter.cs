using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Savings;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 4: climate correction and savings.</summary>
internal static class SavingsChapter
{
    public static void Write(Composition c)
    {
        var title = c.Of("Correction climatique et économies", "Climate correction and savings");
        if (c.Model.FollowUp?.Savings is not { } s)
        {
            c.Section("4", title, [new MissingBlock(Missing(c)), .. c.Narrative("savings")]);
            return;
        }

        var blocks = new List<NoteBlock>
        {
            new ParagraphBlock(Sentence(c, s)),
            Models(c, s),
            Table(c, s),
        };
        if (c.Dossier.Planted is { } planted && c.Model.Building.Simulated)
        {
            blocks.Add(Truth(c, s, planted));
        }

        blocks.Add(Interval(c, s));
        blocks.Add(Signature(c, s));
        blocks.Add(Cusum(c, s));
        blocks.AddRange(s.Models.Findings.Select(f => (NoteBlock)new BoxBlock(f.Code, [f.Sentence.In(c.Language)], BoxTone.Warning)));
        if (c.Dossier.Adjustments.Count > 0)
        {
            blocks.Add(Adjustments(c));
        }

        blocks.AddRange(c.Narrative("savings"));
        c.Section("4", title, blocks);
    }

    /// <summary>Why there are no savings, in a few words.</summary>
    public static string Why(Composition c) => c.Model.FollowUp?.SavingsMissing switch
    {
        null => c.Of("pas de situation avant travaux", "no situation before the works"),
        SavingsGap.NoWeather => c.Of("pas de température extérieure", "no outdoor temperature"),
        SavingsGap.NoBaseline => c.Of("pas de mesure avant travaux", "no reading before the works"),
        SavingsGap.NoReporting => c.Of("pas de mesure après réception", "no reading after reception"),
        _ => c.Of("aucun modèle ne convient", "no model qualifies"),
    };

    private static string Missing(Composition c) => c.Of("Économie non calculée : ", "Savings not computed: ") + Why(c) + ". " + c.Model.FollowUp?.SavingsMissing switch
    {
        null => c.Of("Il faut la date de réception, douze mois de mesures avant travaux et une température extérieure.",
            "It takes the date of reception, twelve months of readings before the works, and an outdoor temperature."),
        SavingsGap.NoWeather => c.Of("Affecter une sonde extérieure (usage « climat extérieur ») ou importer une station (metering import weather).",
            "Assign an outdoor sensor (use “outdoor climate”) or import a station (metering import weather)."),
        SavingsGap.NoBaseline => c.Of("Importer les index ou relevés d’avant travaux (metering import readings).", "Import readings from before the works (metering import readings)."),
        SavingsGap.NoReporting => c.Of("Attendre des mesures.", "Wait for readings."),
        _ => c.Of("La consommation ne dépend pas assez de la température, ou les données sont insuffisantes : publier la valeur brute.",
            "Consumption does not depend enough on temperature, or data are insufficient: publish the raw value."),
    };

    private static string Sentence(Composition c, SavingsFinding s)
    {
        var total = s.Total;
        var evidence = s.Study.Evidence switch
        {
            SavingsEvidence.Conclusive => c.Of("résultat concluant", "conclusive"),
            SavingsEvidence.Indicative => c.Of("résultat indicatif", "indicative"),
            _ => c.Of("résultat non concluant", "inconclusive"),
        };
        var weather = s.Models.IsWeatherCorrected
            ? c.Of("Au climat de la période de suivi", "Under the weather of the follow-up period")
            : c.Of("Sans correction climatique, car la météo n’explique pas la consommation", "Without correction for the weather, which does not drive the consumption");
        return weather + c.Of(", la consommation est inférieure de ", ", consumption is lower by ")
            + c.Numbers.Quantity(total.SavingsKWh, 0, "kWh") + " (" + c.Numbers.Number(100 * total.Fraction, 1) + " ± " + c.Numbers.Percent(100 * total.FractionUncertainty, 1)
            + c.Of(", intervalle à 90 %) à ce qu’elle aurait été sans les travaux : ", ", 90 % interval) than it would have been without the works: ") + evidence
            + c.Of(". Sans correction : ", ". Without correction: ") + c.Numbers.Percent(100 * s.RawFraction, 1)
            + c.Of(" par jour complet. Température extérieure : ", " by complete day. Outdoor temperature: ") + s.Station + "."
            + (s.Models.IsByDayType
                ? c.Of(" Un modèle par genre de jour : jours ouvrés, samedis, dimanches et jours fériés.", " One model a kind of day: working days, Saturdays, Sundays with public holidays.")
                : "");
    }

    /// <summary>A simulated building's truth beside what was found.</summary>
    private static BoxBlock Truth(Composition c, SavingsFinding s, PlantedSaving planted)
    {
        var (least, most) = (100 * (s.Total.Fraction - s.Total.FractionUncertainty), 100 * (s.Total.Fraction + s.Total.FractionUncertainty));
        var inside = planted.Percent >= least && planted.Percent <= most;
        return new BoxBlock(c.Of("Vérité de la simulation", "Truth of the simulation"),
        [
            c.Of("Ce bâtiment est simulé : l’économie est connue. Économie plantée : ", "This building is simulated, so its saving is known. Planted: ") + c.Numbers.Percent(planted.Percent, 1)
                + c.Of(" de ", " of ") + c.Numbers.Quantity(planted.WithoutWorksKwh, 0, "kWh") + c.Of(" sur deux ans. Trouvée : de ", " in two years. Found: from ")
                + c.Numbers.Number(least, 1) + c.Of(" à ", " to ") + c.Numbers.Percent(most, 1)
                + (inside ? c.Of(". La vérité est dans l’intervalle.", ". The truth lies in the interval.") : c.Of(". La vérité est hors de l’intervalle.", ". The truth lies outside the interval.")),
        ], inside ? BoxTone.Proof : BoxTone.Warning);
    }

    private static TableBlock Models(Composition c, SavingsFinding s)
    {
        // Columns that no candidate fills are left out: no heating in the tropics, humidity where it earned no place.
        var heating = s.Models.Models.Any(t => Candidates(t).Any(m => m.HeatingBalancePoint is not null));
        var humidity = s.Models.Models.Any(t => Candidates(t).Any(m => m.HumiditySlope is not null));
        var rows = s.Models.Models.SelectMany(t => Candidates(t).Select(m => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(s.Models.IsByDayType ? Form(m.Form) + ", " + Words.Day(t.Type, c.Language) : Form(m.Form)),
            NoteCell.Of(ReferenceEquals(m, t.Model) ? c.Of("retenu", "chosen") : ""), NoteCell.Of(m.Intercept, 2),
            NoteCell.Of(m.Form == ModelForm.TwoParameter ? m.TemperatureSlope : m.CoolingBalancePoint is null ? double.NaN : m.CoolingSlope, 3),
            NoteCell.Of(m.CoolingBalancePoint, 1),
            .. heating ? [NoteCell.Of(m.HeatingBalancePoint is null ? double.NaN : m.HeatingSlope, 3), NoteCell.Of(m.HeatingBalancePoint, 1)] : Array.Empty<NoteCell>(),
            .. humidity ? [NoteCell.Of(m.HumiditySlope, 3)] : Array.Empty<NoteCell>(),
            NoteCell.Of(m.Statistics.AdjustedR2, 3), NoteCell.Of(100 * m.Statistics.CvRmse, 1), NoteCell.Of(100 * m.Statistics.Nmbe, 2), NoteCell.Of(m.Statistics.N), NoteCell.Of(m.Statistics.Rho, 2),
        ])).ToList();
        return c.Table("models", c.Of("Modèles de la période de référence", "Models of the baseline period"),
            [
                new(c.Of("Forme", "Form")), new(""), new("a", c.Of("kWh/j", "kWh/d")), new(c.Of("pente froid", "cooling slope"), c.Of("kWh/j/K", "kWh/d/K")),
                new("Tc", "°C"),
                .. heating ? [new(c.Of("pente chaud", "heating slope"), c.Of("kWh/j/K", "kWh/d/K")), new("Th", "°C")] : Array.Empty<NoteColumn>(),
                .. humidity ? [new(c.Of("pente w", "w slope"), c.Of("kWh/j/(g/kg)", "kWh/d/(g/kg)"))] : Array.Empty<NoteColumn>(),
                new(c.Of("R² ajusté", "adj. R²")), new("CV(RMSE)", "%"), new("NMBE", "%"), new("n"), new("ρ"),
            ], rows, c.Of("moindres carrés sur les jours complets (CalTRACK 2.0)", "least squares on complete days (CalTRACK 2.0)"),
            [
                c.Of("Ensemble des modèles retenus : R² ajusté ", "Chosen models together: adjusted R² ") + c.Numbers.Number(s.Models.AdjustedR2, 3)
                    + c.Of(", CV(RMSE) ", ", CV(RMSE) ") + c.Numbers.Percent(100 * s.Models.CvRmse, 1)
                    + (humidity ? c.Of(". w : humidité absolue extérieure, gardée si le R² ajusté y gagne 0,02.", ". w: outdoor humidity ratio, kept where the adjusted R² gains 0.02.") : "."),
            ]);

        static IEnumerable<EnergyModel> Candidates(DayTypeModel type) =>
            type.Candidates.Contains(type.Model) ? type.Candidates : [type.Model, .. type.Candidates.Where(m => m.Form != type.Model.Form || type.Model.HumiditySlope is not null)];
    }

    private static string Form(ModelForm form) => form switch
    {
        ModelForm.Mean => "1P",
        ModelForm.TwoParameter => "2P",
        ModelForm.ThreeParameterCooling => "3PC",
        ModelForm.ThreeParameterHeating => "3PH",
        ModelForm.FourParameter => "4P",
        _ => "5P",
    };

    private static TableBlock Table(Composition c, SavingsFinding s)
    {
        var rows = new List<IReadOnlyList<NoteCell>> { Row(c.Of("Année 1", "Year 1"), s.Year1) };
        if (s.Year2 is { } year2)
        {
            rows.Add(Row(c.Of("Année 2", "Year 2"), year2));
        }

        rows.Add(Row(c.Of("Ensemble", "Both"), s.Total));
        return c.Table("savings", c.Of("Économie d’énergie évitée", "Avoided energy use"),
            [
                new(c.Of("Période", "Period")), new(c.Of("Référence ajustée", "Adjusted baseline"), "kWh"), new(c.Of("Mesurée", "Measured"), "kWh"),
                new(c.Of("Ajustements", "Adjustments"), "kWh"), new(c.Of("Économie", "Savings"), "kWh"), new("± 90 %", "kWh"),
                new(c.Of("Économie", "Savings"), "%"), new("± 90 %", "%"), new(c.Of("Jours", "Days")),
            ], rows, c.Of("IPMVP ; intervalle de prédiction par moindres carrés, élargi pour l’autocorrélation", "IPMVP; least-squares prediction interval, widened for autocorrelation"),
            s.Study.AvoidedByCalTrack is { } other && double.IsFinite(other.UncertaintyKWh)
                ? [c.Of("Pour comparaison, formule de CalTRACK 2.0 (Sun et Baltazar), ensemble : ± ", "For comparison, formula of CalTRACK 2.0 (Sun and Baltazar), both years: ± ") + c.Numbers.Percent(100 * other.FractionUncertainty, 1) + "."]
                : []);

        static IReadOnlyList<NoteCell> Row(string name, AvoidedEnergyUse a) =>
        [
            NoteCell.Of(name), NoteCell.Of(a.AdjustedBaselineKWh, 0), NoteCell.Of(a.MeasuredKWh, 0), NoteCell.Of(a.AdjustmentsKWh, 0), NoteCell.Of(a.SavingsKWh, 0),
            NoteCell.Of(a.UncertaintyKWh, 0), NoteCell.Of(100 * a.Fraction, 1), NoteCell.Of(100 * a.FractionUncertainty, 1), NoteCell.Of(a.Days),
        ];
    }

    private static FigureBlock Signature(Composition c, SavingsFinding s)
    {
        var series = new List<SignatureSeries>
        {
            new(c.Of("avant", "before"), Days(s.Baseline), Curves(s.Models, s.Baseline)),
            new(c.Of("après", "after"), Days(s.Reporting), s.After is { } after ? Curves(after, s.Reporting) : []),
        };
        var n = series.Sum(x => (long)x.Days.Count);
        return c.Figure("signature", c.Of("Signature énergétique : énergie du jour selon la température extérieure", "Energy signature: energy of the day against outdoor temperature"),
            ConsumptionChapter.Facts(c, c.Of("kWh par jour ; °C", "kWh a day; °C"), n, c.Of("jours", "days"), 100.0 * n / Math.Max(1, s.Baseline.Count + s.Reporting.Count)),
            EnergySignature.Draw(series, c.Of("température extérieure moyenne du jour, °C", "mean outdoor temperature of the day, °C"), c.Of("kWh par jour", "kWh a day"), c.Numbers),
            s.Models.IsByDayType
                ? c.Of("Chaque point est un jour complet ; les lignes sont les modèles avant et après travaux, de haut en bas : jours ouvrés, samedis, dimanches et jours fériés.",
                    "Each point is a complete day; the lines are the models before and after the works, from top to bottom: working days, Saturdays, Sundays with public holidays.")
                : c.Of("Chaque point est un jour complet ; les lignes sont les modèles avant et après travaux.", "Each point is a complete day; the lines are the models before and after the works."));

        static List<Dot> Days(IReadOnlyList<EnergyObservation> days) => [.. days.Where(d => d.IsUsable).Select(d => new Dot(d.Temperatures[0], d.EnergyKWh))];

        static List<IReadOnlyList<Dot>> Curves(DailySavings models, IReadOnlyList<EnergyObservation> days) =>
            [.. models.Models.Select(m => (IReadOnlyList<Dot>)Curve(m.Model, [.. days.Where(d => d.IsUsable && (m.Type == DayType.Any || DayTypes.Of(d.Start) == m.Type))]))];

        // Where humidity is in the model, the line is that of the days' mean humidity.
        static List<Dot> Curve(EnergyModel model, List<EnergyObservation> days)
        {
            if (days.Count == 0)
            {
                return [];
            }

            var (from, to) = (days.Min(d => d.Temperatures[0]), days.Max(d => d.Temperatures[0]));
            var humidity = days.Select(d => d.HumidityRatio).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
            return [.. Enumerable.Range(0, 61).Select(i => from + (to - from) * i / 60).Select(x => new Dot(x, model.PredictDay(x, humidity)))];
        }
    }

    private static FigureBlock Cusum(Composition c, SavingsFinding s)
    {
        var points = s.ComparedDays.Select((d, i) => new Dot(d.DayNumber, s.Total.CumulativeDeviationKWh[i])).ToList();
        var ticks = new List<(double, string)>();
        for (var day = s.ComparedDays[0]; day <= s.ComparedDays[^1]; day = day.AddDays(1))
        {
            if (day.Day == 1 && day.Month % 3 == 1)
            {
                ticks.Add((day.DayNumber, c.Numbers.MonthShort(day.Month) + " " + Text.NoteNumbers.Year(day)));
            }
        }

        return c.Figure("cusum", c.Of("Cumul des écarts à la référence ajustée (CUSUM)", "Cumulative deviation from the adjusted baseline (CUSUM)"),
            ConsumptionChapter.Facts(c, "kWh", points.Count, c.Of("jours", "days"), 100.0 * points.Count / Math.Max(1, s.Reporting.Count)),
            CurveChart.Draw([new CurveSeries(c.Of("mesuré moins référence", "measured minus baseline"), points)], "", "kWh", [], ticks, true, c.Numbers),
            c.Of("La ligne descend quand la consommation est inférieure à la référence ; au dernier jour : ", "The line falls while consumption is below the baseline; on the last day: ")
                + c.Numbers.Quantity(s.Total.CumulativeDeviationKWh[^1], 0, "kWh") + ".");
    }

    private static FigureBlock Interval(Composition c, SavingsFinding s)
    {
        var rows = new List<IntervalRow> { Row(c.Of("Année 1", "Year 1"), s.Year1) };
        if (s.Year2 is { } year2)
        {
            rows.Add(Row(c.Of("Année 2", "Year 2"), year2));
        }

        rows.Add(Row(c.Of("Ensemble", "Both"), s.Total));
        var targets = c.Dossier.Targets.Where(t => t.Key == NoteTarget.Savings).Select(t => new CurveLimit(c.Of("objectif ", "target ") + c.Numbers.Percent(t.Value, Composition.Decimals(t.Value)), t.Value)).ToList();
        return c.Figure("savings-interval", c.Of("Économie corrigée du climat, intervalle à 90 % et objectif", "Climate-corrected savings, 90 % interval and target"),
            ConsumptionChapter.Facts(c, "%", s.Total.Points, c.Of("jours", "days"), 100.0 * s.Total.Points / Math.Max(1, s.Reporting.Count)),
            IntervalChart.Draw(rows, targets, "%", c.Numbers),
            string.Join(" ; ", rows.Select(r => r.Name + c.Of(" : ", ": ") + c.Numbers.Number(r.Value, 1) + " ± " + c.Numbers.Percent(r.HalfWidth, 1))) + ".");

        static IntervalRow Row(string name, AvoidedEnergyUse a) => new(name, 100 * a.Fraction, 100 * a.FractionUncertainty);
    }

    private static TableBlock Adjustments(Composition c) => c.Table("adjustments", c.Of("Ajustements non périodiques", "Non-routine adjustments"),
        [
            new("Id"), new(c.Of("Du", "From")), new(c.Of("Au (exclu)", "To (excluded)")), new(c.Of("Ajustement", "Adjustment"), c.Of("kWh/j", "kWh/d")), new("± 90 %", c.Of("kWh/j", "kWh/d")),
            new(c.Of("Motif", "Reason")), new(c.Of("Auteur", "Author")),
        ],
        [.. c.Dossier.Adjustments.Select(a => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(a.Id), NoteCell.Of(Composition.IsoDay(a.From)), a.To is { } to ? NoteCell.Of(Composition.IsoDay(to)) : NoteCell.Missing,
            NoteCell.Of(a.KwhPerDay, 2), NoteCell.Of(a.UncertaintyKwhPerDay, 2), NoteCell.Of(a.Reason.In(c.Language)), NoteCell.Of(a.Author),
        ])],
        c.Of("dossier du bâtiment", "dossier of the building"));
}
