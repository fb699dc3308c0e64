using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Demo;

/// <summary>Writes a scenario's registry in the collector's own words.</summary>
internal static class ScenarioRegistration
{
    public static RegistrySnapshot ToSnapshot(ScenarioRegistry registry) => new()
    {
        Sites =
        [
            new Site
            {
                Id = registry.Site.Id,
                Name = registry.Site.Name,
                TimeZone = registry.Site.TimeZone,
                Latitude = registry.Site.Latitude,
                Longitude = registry.Site.Longitude,
                AltitudeM = registry.Site.AltitudeM,
                ClimateZone = registry.Site.ClimateZone,
                WeatherStation = registry.Site.WeatherStation,
            },
        ],
        Buildings =
        [
            new Building
            {
                Id = registry.Building.Id,
                SiteId = registry.Building.SiteId,
                Name = registry.Building.Name,
                Use = Enum.Parse<BuildingUse>(registry.Building.Use),
                FloorAreaM2 = registry.Building.FloorAreaM2,
                Reception = registry.Building.Reception,
                Simulated = registry.Building.Simulated,
                Call = registry.Building.Call,
                Owner = registry.Building.Owner,
                Address = registry.Building.Address,
            },
        ],
        Zones = [.. registry.Zones.Select(z => new Zone { Id = z.Id, BuildingId = z.BuildingId, Name = z.Name, FloorAreaM2 = z.FloorAreaM2 })],
        Points =
        [
            .. registry.Points.Select(p => new MeteringPoint
            {
                Id = p.Id,
                BuildingId = p.BuildingId,
                ZoneId = p.ZoneId,
                Name = p.Name,
                Use = Enum.Parse<PointUse>(p.Use),
                MaxPowerW = p.MaxPowerW,
                MeterClass = p.MeterClass,
            }),
        ],
        Assignments =
        [
            .. registry.Assignments.Select(a => new ChannelAssignment
            {
                PointId = a.PointId,
                Board = a.Board,
                Channel = a.Channel,
                Quantity = Quantities.OfChannel(a.Channel) ?? throw new InvalidOperationException($"'{a.Channel}' is no channel."),
                From = a.From,
                PulseWeightWh = a.PulseWeightWh,
                MeterSerial = a.MeterSerial,
            }),
        ],
    };
}
