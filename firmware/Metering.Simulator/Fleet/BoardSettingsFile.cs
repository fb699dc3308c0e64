using System.Text.Json;
using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Fleet;

/// <summary>The settings.json that a simulated board is provisioned with (docs/wire-format.md, firmware/Metering.Firmware/Settings).</summary>
internal static class BoardSettingsFile
{
    public static byte[] Of(ScenarioBoard board, FleetTarget target, int packSamples)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteNumber("packSamples", packSamples);
            json.WriteStartObject("broker");
            json.WriteString("host", target.Host);
            json.WriteNumber("port", target.Port);
            json.WriteBoolean("tls", target.Secure);
            if (target.LoginOf(board) is { } login)
            {
                json.WriteString("user", login.UserName);
                json.WriteString("password", login.Password);
            }

            json.WriteEndObject();
            json.WriteStartObject("wifi");
            json.WriteString("ssid", "simulated");
            json.WriteString("password", "simulated");
            json.WriteEndObject();
            json.WriteStartArray("channels");
            foreach (var meter in board.Meters)
            {
                json.WriteStartObject();
                json.WriteNumber("wh", meter.PulseWeightWh);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
