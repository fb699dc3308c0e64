using Metering.Core.Conversion;
using Metering.Core.Languages;

namespace Metering.Core.Tests.Conversion;

public sealed class FactorTableTests
{
    private static readonly FactorTable Table = FactorTable.Embedded;

    [Theory]
    // DPE 2.3 until 31/12/2025 and 1.9 from 1/1/2026.
    [InlineData(2025, 12, 31, 2.3)]
    [InlineData(2026, 1, 1, 1.9)]
    [InlineData(2027, 6, 1, 1.9)]
    public void Primary_energy_of_electricity_changes_with_the_date(int year, int month, int day, double expected)
    {
        var choice = Table.Choose(FactorKind.PrimaryEnergy, "electricity", null, "FR", new DateOnly(year, month, day));
        Assert.Equal((decimal)expected, choice.Used!.Value);
        // The former 2.58 always stands beside it.
        Assert.Contains(choice.Alternatives, f => f.Value == 2.58m);
    }

    [Fact]
    public void An_unconfirmed_factor_is_shown_but_never_chosen()
    {
        var later = Table.Choose(FactorKind.PrimaryEnergy, "electricity", null, "FR", new DateOnly(2027, 6, 1));
        Assert.Contains(later.Alternatives, f => f.Value == 1.7m && !f.Confirmed);
        var guadeloupe = Table.Choose(FactorKind.PrimaryEnergy, "electricity", null, "GP", new DateOnly(2026, 6, 1));
        Assert.Null(guadeloupe.Used);
        Assert.Same(FactorTable.NoFactor, guadeloupe.Reason);
        Assert.Equal(3.3m, Assert.Single(guadeloupe.Alternatives).Value);
        Assert.NotEmpty(guadeloupe.Reason!.Sentence(Language.French, double.NaN));
    }

    [Fact]
    public void Sources_for_Guadeloupe_that_differ_by_a_fifth_are_both_kept()
    {
        var choice = Table.Choose(FactorKind.Carbon, "electricity", "cooling", "GP", new DateOnly(2025, 6, 1));
        Assert.Equal(0.771m, choice.Used!.Value);
        var other = Assert.Single(choice.Alternatives);
        Assert.Equal(0.624m, other.Value);
        // EDF figures: 1 042 kt over 1 670 GWh, 19 % below the first.
        Assert.Equal(1042.0 / 1670, (double)other.Value, 0.0005);
        Assert.Equal(0.19, 1 - ((double)other.Value / (double)choice.Used.Value), 0.005);
        Assert.Equal(0.786m, Table.Choose(FactorKind.Carbon, "electricity", null, "GP", new DateOnly(2020, 1, 1)).Used!.Value);
    }

    [Theory]
    [InlineData("electricity", "heating", 0.079)]
    [InlineData("electricity", "hot-water", 0.065)]
    [InlineData("electricity", "cooling", 0.064)]
    [InlineData("electricity", "lighting", 0.069)]
    [InlineData("electricity", "auxiliaries", 0.064)]
    [InlineData("natural-gas", null, 0.227)]
    [InlineData("heating-oil", null, 0.324)]
    [InlineData("coal", null, 0.385)]
    [InlineData("lpg", null, 0.272)]
    [InlineData("wood-logs", null, 0.030)]
    [InlineData("wood-chips", null, 0.024)]
    [InlineData("district-heat", null, 0.385)]
    public void Carbon_factors_are_those_of_3CL_2021(string carrier, string? use, double expected) =>
        Assert.Equal((decimal)expected, Table.Choose(FactorKind.Carbon, carrier, use, "FR", new DateOnly(2025, 1, 1)).Used!.Value);

    [Theory]
    [InlineData(2025, 3, 0.2016)]
    [InlineData(2026, 3, 0.1940)]
    public void The_regulated_price_is_that_of_its_date(int year, int month, double expected) =>
        Assert.Equal((decimal)expected, Table.Choose(FactorKind.Price, "electricity", null, "FR", new DateOnly(year, month, 1)).Used!.Value);

    [Fact]
    public void The_same_meter_reading_gives_three_primary_energies_each_with_its_factor()
    {
        decimal[] values =
        [
            .. new[] { "pef.electricity.th-c-e-ex", "pef.electricity.dpe-2021", "pef.electricity.dpe-2026" }
                .Select(id => new ConvertedValue(1000, Table.Get(id)).Value),
        ];
        Assert.Equal([2580m, 2300m, 1900m], values);
    }

    [Fact]
    public void Every_factor_has_a_source_a_scope_and_a_plausible_value()
    {
        Assert.All(Table.Factors, f =>
        {
            Assert.NotEmpty(f.Source);
            Assert.NotEmpty(f.Scope.French);
            Assert.NotEmpty(f.Scope.English);
            Assert.InRange(f.Value, 0.001m, 10m);
            Assert.True(f.From is null || f.To is null || f.From < f.To);
        });
    }

    [Fact]
    public void A_registry_factor_is_preferred_and_a_double_id_is_refused()
    {
        var invoice = Table.Get("price.electricity.trv-base.2026-02") with { Id = "price.invoice", Value = 0.21m, Zone = "GP" };
        var table = Table.Preferring([invoice]);
        Assert.Equal("price.invoice", table.Choose(FactorKind.Price, "electricity", null, "GP", new DateOnly(2026, 3, 1)).Used!.Id);
        Assert.Throws<ArgumentException>(() => table.Preferring([invoice]));
        Assert.Throws<ArgumentException>(() => Table.Get("pef.unknown"));
    }
}
