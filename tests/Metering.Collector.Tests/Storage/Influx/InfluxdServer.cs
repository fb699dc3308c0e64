using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Metering.Collector.Storage.Influx;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>
/// The real influxd of Debian on loopback, with authentication and TLS under a private authority, data in a folder of its
/// own; ends with the tests, by its process id.
/// </summary>
public sealed class InfluxdServer : IAsyncDisposable
{
    internal const string Admin = "admin";
    internal const string AdminSecret = "correct horse battery staple";
    private const string Program = "influxd";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private readonly int rpcPort = FreePort.Next();
    private readonly string dataDirectory;
    private int? fileKibibytes;
    private Process? process;

    private InfluxdServer(string? dataDirectory) => this.dataDirectory = dataDirectory ?? folder.File("data");

    internal string CertificateAuthorityFile => folder.File("ca.pem");

    internal InfluxOptions Options(string database) => new()
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}/")),
        Database = database,
        User = Admin,
        Secret = AdminSecret,
        CertificateAuthorityFile = CertificateAuthorityFile,
    };

    /// <summary>Starts a server and makes its administrator.</summary>
    /// <param name="dataDirectory">Where its data go; null: its own folder.</param>
    /// <param name="fileKibibytes">Size that its files may have until it is started again; null: any.</param>
    internal static async Task<InfluxdServer> StartNewAsync(string? dataDirectory = null, int? fileKibibytes = null)
    {
        var server = new InfluxdServer(dataDirectory) { fileKibibytes = fileKibibytes };
        try
        {
            server.WriteCertificates();
            server.WriteConfiguration();
            await server.StartAsync();
            using var http = new InfluxHttp(server.Options("unused") with { User = null, Secret = null });
            await http.ManageAsync($"CREATE USER {Admin} WITH PASSWORD '{AdminSecret}' WITH ALL PRIVILEGES", default);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    internal async Task StartAsync()
    {
        var program = NeedsProgramAttribute.Installed(Program)!;
        string[] arguments = ["run", "-config", folder.File("influxdb.conf")];
        var start = fileKibibytes is { } limit ? FileSizeLimit.Of(limit, program, arguments) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardError, start.RedirectStandardOutput, fileKibibytes) = (true, true, null);
        process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using var http = new InfluxHttp(Options("unused"));
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await http.PingAsync(default);
                return;
            }
            catch (InfluxException) when (waited.Elapsed < StartTimeout && !process.HasExited)
            {
                await Task.Delay(PollInterval);
            }
        }
    }

    /// <summary>Ends the process as a power cut does.</summary>
    internal async Task KillAsync()
    {
        if (process is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
            process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }

    private void WriteConfiguration() => File.WriteAllText(folder.File("influxdb.conf"), string.Create(CultureInfo.InvariantCulture, $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{rpcPort}"
        [meta]
          dir = "{dataDirectory}/meta"
        [data]
          dir = "{dataDirectory}/data"
          wal-dir = "{dataDirectory}/wal"
          index-version = "inmem"
          query-log-enabled = false
        [monitor]
          store-enabled = false
        [logging]
          level = "error"
        [http]
          bind-address = "127.0.0.1:{port}"
          auth-enabled = true
          log-enabled = false
          https-enabled = true
          https-certificate = "{folder.File("server.pem")}"
          https-private-key = "{folder.File("server.key")}"
        """));

    private void WriteCertificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Metering test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        using var authority = authorityRequest.CreateSelfSigned(from, from.AddDays(30));
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        serverRequest.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var server = serverRequest.Create(authority, from, from.AddDays(20), [1, 2, 3, 4]);
        File.WriteAllText(CertificateAuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(folder.File("server.pem"), server.ExportCertificatePem());
        File.WriteAllText(folder.File("server.key"), serverKey.ExportECPrivateKeyPem());
    }
}

/// <summary>One server for a test class; nothing is started where the program is missing.</summary>
public sealed class InfluxdFixture : Xunit.IAsyncLifetime
{
    private int databases;

    internal InfluxdServer Server { get; private set; } = null!;

    internal string NewDatabase() => string.Create(CultureInfo.InvariantCulture, $"metering{Interlocked.Increment(ref databases)}");

    public async Task InitializeAsync()
    {
        if (NeedsProgramAttribute.Installed("influxd") is not null)
        {
            Server = await InfluxdServer.StartNewAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
