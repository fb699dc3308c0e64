using System.Diagnostics;
using System.Globalization;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>A mosquitto of its own with the recommended settings of docs/mqtt.md.</summary>
internal sealed class MosquittoServer : TestServer
{
    private readonly string _extra;

    /// <param name="extra">Lines of the listener; none means plain and anonymous.</param>
    /// <param name="anonymous">Lets clients in without a user.</param>
    public MosquittoServer(string extra = "", bool anonymous = true)
    {
        _extra = extra + $"\nallow_anonymous {(anonymous ? "true" : "false")}\n";
        Port = FreePort.Next();
    }

    public override int Port { get; }

    protected override TimeSpan StartTimeout => TimeSpan.FromSeconds(20);

    /// <summary>Adds a user to the password file.</summary>
    public async Task AddUserAsync(string user, string password)
    {
        string file = Path.Combine(Folder, "passwd");
        string[] create = File.Exists(file) ? ["-b"] : ["-c", "-b"];
        await Tool.RunAsync("mosquitto_passwd", [.. create, file, user, password]);
    }

    protected override ProcessStartInfo Describe()
    {
        string configuration = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {(Environment.UserName == "root" ? "user root" : "")}
            per_listener_settings false
            persistence true
            persistence_location {Folder}/
            autosave_interval 1
            autosave_on_changes true
            max_inflight_messages 100
            max_queued_messages 65000
            log_type error
            listener {Port} 127.0.0.1
            {_extra}
            """);
        string file = Path.Combine(Folder, "mosquitto.conf");
        File.WriteAllText(file, configuration);
        string program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        return new(program, ["-c", file]);
    }
}
