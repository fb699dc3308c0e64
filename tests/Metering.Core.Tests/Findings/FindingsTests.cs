using System.Globalization;
using Metering.Core.Energy;
using Metering.Core.Findings;
using Metering.Core.Languages;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Savings;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Findings;

public sealed class FindingsTests
{
    private static IReadOnlyList<Finding> Energy(IReadOnlyList<Reading> readings, IntervalOptions? options = null) =>
        EnergyFindings.Of(PulseAudit.Of(
            new AssignedReadings(Assignment(), readings), Origin, readings[^1].Time, options));

    private static double Evidence(Finding finding, string name) => finding.Evidence.Single(e => e.Name == name).Value;

    [Fact]
    public void A_clean_register_has_no_finding() => Assert.Empty(Energy([Reading(0, 1, 1), Reading(10, 2, 2)]));

    [Fact]
    public void Lost_samples_are_told_with_their_number_and_their_exact_pulses()
    {
        var finding = Assert.Single(Energy([Reading(0, 0, 1), Reading(90, 25, 10), Reading(100, 26, 11), Reading(120, 30, 13)]));

        Assert.Equal("energy.messages-lost", finding.Code);
        Assert.Equal(FindingSeverity.Information, finding.Severity);
        Assert.Equal("9 samples did not arrive, in 2 intervals (1.8 h); their energy is exact (29 pulses), its distribution in time is not.", finding.Sentence.English);
        Assert.Equal("9 relevés ne sont pas arrivés, en 2 intervalles (1,8 h)\u00A0; leur énergie est exacte (29 impulsions), sa répartition dans le temps ne l'est pas.", finding.Sentence.French);
        Assert.Equal(1.5, Evidence(finding, "longest"));
        Assert.Equal("clim", finding.Subject);
    }

    [Fact]
    public void Each_kind_of_gap_has_a_code_of_its_own_and_the_gravest_comes_first()
    {
        var findings = Energy(
        [
            Reading(0, 1_000, 1), Reading(20, 1_001, 3), Reading(30, 1_002, 1, boot: 2, SampleFlags.FirstOfBoot),
            Reading(40, 3, 1, boot: 3, SampleFlags.FirstOfBoot), Reading(50, 9_000, 2, boot: 3), Reading(60, 9_001, 3, boot: 3),
            Reading(70, 5, 4, boot: 3), Reading(80, 6, 5, boot: 3),
        ], new IntervalOptions { MaxPowerW = 9_000 });

        Assert.Equal(
            ["energy.register-lost", "energy.reversed", "energy.spike", "energy.messages-lost", "energy.restart"],
            findings.Select(f => f.Code));
        Assert.Equal(8_997, Evidence(findings[2], "withheld-pulses"));
        Assert.Contains("8997 pulses are withheld", findings[2].Sentence.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finding_speaks_both_languages_without_a_place_left_open()
    {
        var readings = new[] { Reading(0, 0, 1), Reading(60, 5, 2), Reading(80, 9, 4), Reading(90, 2, 1, boot: 2) };
        var spots = Enumerable.Range(0, 40).Select(i => Reading(10 * i, i == 5 ? 9_000 : 2_600, i + 1)).ToList();
        Finding[] all =
        [
            .. Energy(readings),
            .. ClimateFindings.Of("room", spots, SpotQuality.Check(spots, Quantity.AirTemperature, SpotRules.IndoorTemperature)),
            Reconciliation.OfSubMeters("main", 1_000_000m, 10m, [(400_000m, 10m), (500_000m, 1m)]),
            Reconciliation.OfInvoices("main", 1_000_000m, 10m, 0m),
        ];

        Assert.True(all.Length >= 6);
        foreach (var finding in all)
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                var sentence = finding.Sentence.In(language);
                Assert.DoesNotContain("{", sentence, StringComparison.Ordinal);
                Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            }

            Assert.NotEmpty(finding.Evidence);
            Assert.Matches("^[a-z-]+\\.[a-z-]+$", finding.Code);
        }
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    public void Sentences_do_not_depend_on_the_culture_of_the_machine(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var finding = Reconciliation.OfSubMeters("main", 1_001_000m, 10m, [(400_000m, 10m), (500_900m, 1m)]);

            Assert.Equal("The sum of the sub-meters (900.9 kWh) and the main meter (1001 kWh) differ by -10 %; the tolerance is 3 % and one pulse of each meter.", finding.Sentence.English);
            Assert.Contains("900,9 kWh", finding.Sentence.French, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(970_000, true)] // 3 % of 1 MWh
    [InlineData(969_979, true)] // and a pulse of each of the three meters: 10 + 10 + 1 Wh
    [InlineData(969_978, false)]
    [InlineData(1_030_021, true)]
    [InlineData(1_030_022, false)]
    public void Sub_meters_agree_within_three_percent_and_a_pulse_each(int sumWh, bool agrees)
    {
        var finding = Reconciliation.OfSubMeters("main", 1_000_000m, 10m, [(sumWh - 100_000m, 10m), (100_000m, 1m)]);

        Assert.Equal(agrees ? "reconciliation.sub-meters-agree" : "reconciliation.sub-meters-differ", finding.Code);
    }

    [Theory]
    [InlineData(PointUse.Cooling, "energy.zero-days", FindingSeverity.Information)]
    [InlineData(PointUse.Total, "energy.zero-days-total", FindingSeverity.Warning)]
    public void A_day_without_a_pulse_means_one_thing_on_a_circuit_and_another_on_the_main_meter(PointUse use, string code, FindingSeverity severity)
    {
        var readings = Enumerable.Range(0, 145).Select(i => Reading(10 * i, 77, i + 1)).ToList();
        var days = LoadProfile.Build(Build(readings), Origin, Origin.AddDays(1), ProfileResolution.Day, TimeZoneInfo.Utc);
        var point = new MeteringPoint { Id = "p", BuildingId = "b", Name = "P", Use = use };

        var finding = EnergyFindings.OfZeroDays(point, days)!;

        Assert.Equal(code, finding.Code);
        Assert.Equal(severity, finding.Severity);
    }

    [Fact]
    public void Incomplete_months_are_told_once_with_the_least_complete_of_them()
    {
        var readings = Enumerable.Range(0, (31 * 144) + 1).Select(i => Reading(10 * i, i, i + 1)).Where((_, i) => i >= 144 * 10).ToList();
        var months = LoadProfile.Build(Build(readings), Origin, Origin.AddDays(31), ProfileResolution.Month, TimeZoneInfo.Utc);

        var finding = EnergyFindings.OfCompleteness("clim", months)!;

        Assert.Equal(100 * 21.0 / 31, Evidence(finding, "least"), 6);
        Assert.Null(EnergyFindings.OfCompleteness("clim", []));
    }

    [Fact]
    public void A_sensor_that_is_stuck_for_most_of_the_time_is_disqualified()
    {
        var readings = Enumerable.Range(0, 100).Select(i => Reading(10 * i, 2_600, i + 1)).ToList();

        var finding = Assert.Single(ClimateFindings.Of("room", readings, SpotQuality.Check(readings, Quantity.AirTemperature, SpotRules.IndoorTemperature)));

        Assert.Equal("climate.stuck", finding.Code);
        Assert.Equal(FindingSeverity.Disqualifying, finding.Severity);
    }

    [Fact]
    public void The_verdict_is_a_sentence_with_its_interval()
    {
        var savings = new AvoidedEnergyUse
        {
            From = new DateOnly(2025, 1, 1),
            To = new DateOnly(2026, 1, 1),
            Points = 365,
            Days = 365,
            LeftOut = 0,
            PredictedKWh = 10_000,
            MeasuredKWh = 6_800,
            AdjustmentsKWh = 0,
            UncertaintyKWh = 400,
            Confidence = 0.9,
            Method = UncertaintyMethod.LeastSquares,
            CumulativeDeviationKWh = [],
        };

        var finding = SavingsFindings.OfTarget("b", savings, 0.30, qualified: true);

        Assert.Equal("savings.target-compatible", finding.Code);
        Assert.Equal("Savings of 32 % ± 4 % at 90 % confidence, target 30 %: compatible.", finding.Sentence.English);
        Assert.Equal("Économie de 32\u00A0% ± 4\u00A0% à 90\u00A0% de confiance, objectif 30\u00A0%\u00A0: compatible.", finding.Sentence.French);
        Assert.Equal("savings.target-inconclusive", SavingsFindings.OfTarget("b", savings, 0.30, qualified: false).Code);
    }
}
