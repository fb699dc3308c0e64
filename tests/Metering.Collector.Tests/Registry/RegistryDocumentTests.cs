using Metering.Collector.Registry;
using Metering.Collector.Tests.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Registry;

public sealed class RegistryDocumentTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-4));

    [Theory]
    [InlineData(RegistryFormat.Yaml)]
    [InlineData(RegistryFormat.Json)]
    public void A_registry_of_everything_survives_the_round_trip(RegistryFormat format)
    {
        var registry = Everything();
        var text = RegistryDocument.Write(registry, format);
        var read = RegistryDocument.Read(text, format);
        Assert.Equal(text, RegistryDocument.Write(read, format));
        Assert.Empty(RegistryDocument.Compare(registry, read));
        Assert.Equal(registry.Assignments, read.Assignments);
        Assert.Equal(registry.Factors, read.Factors);
        Assert.Equal(registry.Invoices, read.Invoices);
        Assert.Equal(registry.Buildings, read.Buildings);
    }

    [Fact]
    public void A_document_that_a_person_wrote_is_read()
    {
        const string text = """
            sites:
              - id: raizet
                name: "Le Raizet: école"   # a comment
                timeZone: America/Guadeloupe
                altitudeM: 11
            buildings:
              - { id: house, siteId: raizet, name: Maison, use: NaturallyVentilatedTropicalDwelling, simulated: true, reception: 2026-01-15 }
            points:
              - id: clim
                buildingId: house
                name: Climatisation
                use: Cooling
            assignments:
              - pointId: clim
                board: 0024befffe804ff1
                channel: ch1
                quantity: PulseRegister
                from: 2026-01-01T00:00:00-04:00
                pulseWeightWh: 2.5
            """;

        var registry = RegistryDocument.Read(text, RegistryFormat.Yaml);

        Assert.Equal("Le Raizet: école", registry.Sites[0].Name);
        Assert.True(registry.Buildings[0].Simulated);
        Assert.Equal(new DateOnly(2026, 1, 15), registry.Buildings[0].Reception);
        Assert.Equal((2.5m, From), (registry.Assignments[0].PulseWeightWh, registry.Assignments[0].From));
    }

    [Fact]
    public void Text_that_looks_like_something_else_stays_text()
    {
        foreach (var name in new[] { "true", "null", "~", "12", "1e5", "2026-01-01", "yes", "", " x ", "a: b", "# c", "- d", "{e}", "é\"'\n", "0x1F", "*a", "&b", "!c", "%d", "@e", "`f" })
        {
            var registry = Everything() with { Sites = [Everything().Sites[0] with { Name = name }] };
            Assert.Equal(name, RegistryDocument.Read(RegistryDocument.Write(registry, RegistryFormat.Yaml), RegistryFormat.Yaml).Sites[0].Name);
        }
    }

    [Theory]
    [InlineData("sites:\n  - id: a\n    nam: x\n    timeZone: Europe/Paris", "nam")]
    [InlineData("sites:\n  - id: a\n    name: x\n    timeZone: Europe/Pariss", "Europe/Pariss")]
    [InlineData("sites:\n  - id: a\n    name: x\n    timeZone: Europe/Paris\n    latitude: north", "latitude")]
    [InlineData("sites: [", "Line ")]
    [InlineData("sites:\n - &a {id: a, name: x, timeZone: Europe/Paris}\n - *a", "aliases")]
    [InlineData("buildings:\n - {id: b, siteId: nowhere, name: x}", "there is no site 'nowhere'")]
    [InlineData("sites:\n - {id: a, name: x, timeZone: UTC}\n - {id: a, name: y, timeZone: UTC}", "site 'a': twice")]
    public void A_mistake_is_named(string text, string named)
    {
        var fault = Assert.Throws<FormatException>(() => RegistryDocument.Read(text, RegistryFormat.Yaml));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_assignments_of_one_channel_or_point_at_one_time_are_refused()
    {
        var registry = Everything();
        var first = registry.Assignments[0];
        var problems = RegistryRules.Check(registry with { Assignments = [first, first with { From = From.AddDays(1), PointId = "room" }] });
        Assert.Contains(problems, problem => problem.Contains("serves two points", StringComparison.Ordinal));
        Assert.Empty(RegistryRules.Check(registry with { Assignments = [first with { To = From.AddDays(1) }, first with { From = From.AddDays(1), PointId = "room" }] }));
    }

    [Fact]
    public void Compare_counts_what_was_added_changed_and_removed()
    {
        var old = Everything();
        var now = old with
        {
            Points = [old.Points[0] with { Name = "Clim" }, new MeteringPoint { Id = "new", BuildingId = "house", Name = "n", Use = PointUse.Other }],
        };
        Assert.Equal([new RegistryChange("points", 1, 1, 1)], RegistryDocument.Compare(old, now));
    }

    private static RegistrySnapshot Everything() => new()
    {
        Sites = [new Site { Id = "raizet", Name = "Le Raizet", TimeZone = "America/Guadeloupe", Latitude = 16.264, Longitude = -61.5163, AltitudeM = 11, WeatherStation = "97101015" }],
        Operations = [new Operation { Id = "op1", Name = "Réhabilitation", BuildingIds = ["house"], Call = "guadeloupe", Siret = "12345678901234", AidEur = 120000.5m, DesignatedOn = new(2025, 3, 1), AddressId = "97101_0010_00001" }],
        Buildings = [new Building { Id = "house", SiteId = "raizet", Name = "Maison", Use = BuildingUse.NaturallyVentilatedTropicalDwelling, FloorAreaM2 = 84.5, Dwellings = 2, Reception = new(2026, 1, 15), Simulated = true }],
        Zones = [new Zone { Id = "z1", BuildingId = "house", Name = "Séjour" }],
        Boards = [new BoardRecord { Board = Samples.Board, BuildingId = "house", Model = "ESP32", InstalledOn = new(2026, 1, 1) }],
        Points =
        [
            new MeteringPoint { Id = "clim", BuildingId = "house", Name = "Climatisation", Use = PointUse.Cooling, MaxPowerW = 3500 },
            new MeteringPoint { Id = "room", BuildingId = "house", ZoneId = "z1", Name = "Séjour", Use = PointUse.IndoorClimate, SensorAccuracy = 0.2 },
        ],
        Assignments = [new ChannelAssignment { PointId = "clim", Board = Samples.Board, Channel = "ch1", Quantity = Quantity.PulseRegister, From = From, To = From.AddYears(1), PulseWeightWh = 2.5m, Modulus = 65536, MeterSerial = "0012" }],
        MeterExchanges = [new MeterExchange { PointId = "clim", At = From.AddYears(1), OldIndexKwh = 1234.5m, NewIndexKwh = 0, Author = "ana" }],
        IndexVisits = [new IndexVisit { PointId = "clim", At = From, IndexKwh = 12.3m, Author = "ana" }],
        Calibrations = [new Calibration { PointId = "room", On = new(2026, 1, 1), Offset = -0.4m, Author = "ana" }],
        Factors = [new Factor { Id = "co2-gp-2026", Kind = FactorKind.Carbon, Carrier = "electricity", Zone = "GP", Year = 2026, Value = 0.7m, Unit = "kgCO2e/kWh", Scope = "life cycle", Source = "test" }],
        Targets = [new Target { BuildingId = "house", Kind = "savings", Value = 30, Unit = "%", Direction = TargetDirection.AtLeast }],
        RegulatoryValues = [new RegulatoryValue { BuildingId = "house", Kind = RegulatoryKind.Dpeg, Phase = Phase.Before, Label = "E", MethodVersion = "1", Author = "bet", Date = new(2025, 1, 1) }],
        Invoices = [new Invoice { BuildingId = "house", DeliveryPoint = "01234567890123", Start = new(2026, 1, 1), End = new(2026, 2, 1), EnergyKwh = 321.5m, AmountEur = 60.12m, Estimated = true }],
        Rents = [new RentStatement { BuildingId = "house", DwellingType = "T3", Phase = Phase.Before, From = new(2025, 1, 1), RentEur = 500, ChargesEur = 80 }],
        Users = [new RegistryUser { Name = "ana", Role = "manager", BuildingIds = ["house"] }],
    };
}
