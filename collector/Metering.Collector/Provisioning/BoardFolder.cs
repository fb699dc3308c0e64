using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>
/// What goes onto one board: its folder with <c>settings.json</c> (read by the firmware), <c>network.json</c> (read by nanoff:
/// Wi-Fi and certificates for the configuration block) and the certificates. All of it is secret.
/// </summary>
internal sealed class BoardFolder(string path)
{
    public const string SettingsFile = "settings.json";
    public const string NetworkFile = "network.json";
    public const string AuthorityFile = "ca.pem";
    public const string CertificateFile = "board.pem";

    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Path { get; } = path;

    public string Settings => System.IO.Path.Combine(Path, SettingsFile);

    public string Network => System.IO.Path.Combine(Path, NetworkFile);

    /// <summary>The folder of a board below a folder of boards.</summary>
    public static BoardFolder Of(string folder, string board) => new(System.IO.Path.Combine(folder, board));

    /// <summary>Refuses to go on when anything of it is there already.</summary>
    public void RequireNew()
    {
        foreach (var file in new[] { SettingsFile, NetworkFile, AuthorityFile, CertificateFile }.Select(f => System.IO.Path.Combine(Path, f)).Where(File.Exists))
        {
            throw new UsageException($"{file}: is there already; give --force to provision the board again.");
        }
    }

    /// <summary>Writes all files.</summary>
    /// <param name="request">Who and where.</param>
    /// <param name="password">Password of the board, or null.</param>
    /// <param name="certificate">Certificate of the board, or null.</param>
    /// <param name="authorityPem">Certificate that the board checks the broker against, or null without TLS.</param>
    public void Write(ProvisioningRequest request, string? password, IssuedCertificate? certificate, string? authorityPem)
    {
        SecretFile.Replace(Settings, SettingsOf(request, password));
        if (authorityPem is not null)
        {
            SecretFile.Replace(System.IO.Path.Combine(Path, AuthorityFile), Encoding.ASCII.GetBytes(authorityPem));
        }

        if (certificate is not null)
        {
            SecretFile.Replace(System.IO.Path.Combine(Path, CertificateFile), Encoding.ASCII.GetBytes(certificate.CertificatePem + certificate.KeyPem));
        }

        SecretFile.Replace(Network, NetworkOf(request, authorityPem is not null, certificate is not null));
    }

    private static byte[] SettingsOf(ProvisioningRequest request, string? password) => Json(json =>
    {
        json.WriteNumber("version", 1);
        json.WriteString("board", request.Board);
        if (request.BootFloor != 0)
        {
            json.WriteNumber("bootFloor", request.BootFloor);
        }

        json.WriteStartObject("broker");
        json.WriteString("host", request.Broker.Host);
        json.WriteNumber("port", request.Broker.Port);
        json.WriteBoolean("tls", request.Broker.Tls);
        if (password is not null)
        {
            json.WriteString("user", request.Board);
            json.WriteString("password", password);
        }

        json.WriteEndObject();
        json.WriteStartArray("channels");
        for (var i = 0; i < request.Points.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("wh", request.PulseWeightsWh.Count == 0 ? 10 : request.PulseWeightsWh[i]);
            json.WriteNumber("start", request.Starts.Count == 0 ? 0 : request.Starts[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>nanoff's network document; the serial port is filled in when the board is flashed.</summary>
    private static byte[] NetworkOf(ProvisioningRequest request, bool authority, bool certificate) => Json(json =>
    {
        json.WriteString("SerialPort", "");
        if (request.Ssid is not null)
        {
            json.WriteStartObject("WirelessClient");
            json.WriteString("Ssid", request.Ssid);
            json.WriteString("Password", request.WifiPassword ?? "");
            json.WriteString("Authentication", request.WifiPassword is null ? "Open" : "WPA2");
            json.WriteString("Encryption", request.WifiPassword is null ? "None" : "WPA2");
            json.WriteString("ConfigurationOption", "AutoConnect");
            json.WriteBoolean("DhcpEnabled", true);
            json.WriteEndObject();
        }

        if (authority)
        {
            json.WriteString("CACertificatesPath", AuthorityFile);
        }

        if (certificate)
        {
            json.WriteString("DeviceCertificatesPath", CertificateFile);
        }
    });

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
