using System.Globalization;
using Metering.Core.Acceptance;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Forms.Commissioning;

/// <summary>One pulse channel on the page: where it belongs, and what it counted since the mode began.</summary>
internal sealed record CommissioningChannel(string Channel, MeteringPoint? Point, decimal PulseWeightWh, long? RegisterAtStart, long? Register)
{
    public decimal? IndexKwh => Register * PulseWeightWh / 1000m;

    public long? Pulses => Register - RegisterAtStart;
}

/// <summary>Brings the registry and the live readings of a board together.</summary>
internal static class CommissioningChannels
{
    /// <summary>Highest index that a meter's display shows, kWh.</summary>
    public const decimal DisplayMaxKwh = 99_999_999m;

    /// <summary>The channels that the board reports or the registry knows, by name.</summary>
    public static IReadOnlyList<CommissioningChannel> Of(string board, CommissioningSession? session, RegistrySnapshot registry, DateTimeOffset now)
    {
        var assigned = registry.Assignments.Where(a => a.Board == board && a.Quantity == Quantity.PulseRegister && a.From <= now && (a.To is null || a.To > now)).ToList();
        return [.. (session?.Latest.Keys ?? []).Union(assigned.Select(static a => a.Channel), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Channel)];

        CommissioningChannel Channel(string name)
        {
            var assignment = assigned.LastOrDefault(a => a.Channel == name);
            return new(
                name, registry.Points.FirstOrDefault(p => p.Id == assignment?.PointId), assignment?.PulseWeightWh ?? 10m,
                Find(session?.First, name), Find(session?.Latest, name));
        }

        static long? Find(IReadOnlyDictionary<string, long>? registers, string name) =>
            registers is not null && registers.TryGetValue(name, out var register) ? register : null;
    }

    /// <summary>What a form says of a channel: the display, and the register at the moment when it was typed.</summary>
    /// <exception cref="FormatException">The display is not a number of kWh from 0 to <see cref="DisplayMaxKwh"/>.</exception>
    public static ChannelAcceptance Accept(CommissioningChannel channel, string display, string registerWhenTyped)
    {
        decimal? shown = null;
        if (display.Trim() is { Length: > 0 } typed)
        {
            shown = decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var kwh)
                && kwh is >= 0 and <= DisplayMaxKwh && kwh.Scale <= 3 ? kwh : throw new FormatException(channel.Channel);
        }

        var (first, latest) = (channel.RegisterAtStart ?? 0, channel.Register ?? 0);

        // The page notes the register when the display is typed; what lies outside of this session is not believed.
        var register = long.TryParse(registerWhenTyped, NumberStyles.None, CultureInfo.InvariantCulture, out var noted) && noted >= first && noted <= latest ? noted : latest;
        return new ChannelAcceptance
        {
            Channel = channel.Channel,
            PointId = channel.Point?.Id,
            PulseWeightWh = channel.PulseWeightWh,
            RegisterAtStart = first,
            Register = register,
            DisplayKwh = shown,
        };
    }
}
