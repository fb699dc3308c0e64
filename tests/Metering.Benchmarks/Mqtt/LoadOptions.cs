using System.Globalization;

namespace Metering.Benchmarks.Mqtt;

/// <summary>What the load generator does.</summary>
internal sealed record LoadOptions
{
    public string Host { get; private set; } = "127.0.0.1";

    public int Port { get; private set; } = 1883;

    /// <summary>Connections that publish.</summary>
    public int Connections { get; private set; } = 50;

    /// <summary>QoS 1 messages in flight on each.</summary>
    public int Window { get; private set; } = 20;

    /// <summary>Measured time, s, after <see cref="WarmUpSeconds"/>.</summary>
    public double Seconds { get; private set; } = 10;

    public double WarmUpSeconds { get; private set; } = 2;

    /// <summary>Connections that only stay.</summary>
    public int Idle { get; private set; }

    /// <summary>Process whose CPU time and memory are read from /proc, or 0.</summary>
    public int ProcessId { get; private set; }

    /// <summary>First sequence number: runs against one store differ in it.</summary>
    public long FirstSequence { get; private set; } = 1;

    /// <summary>Prints one line of JSON instead of text.</summary>
    public bool Json { get; private set; }

    public const string Usage =
        """
        mqtt --to HOST:PORT [--connections 50] [--window 20] [--seconds 10] [--warm-up 2] [--idle 0] [--pid PID]
             [--first-sequence 1] [--json]
        Publishes readings packs at QoS 1 (3.1.1) with a fixed window on every connection and prints messages/s,
        p50 and p99 of PUBACK, and, of the server process PID on this machine, CPU per message and resident memory
        per idle connection.
        """;

    public static LoadOptions? Parse(string[] arguments)
    {
        var options = new LoadOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--json")
            {
                options.Json = true;
                continue;
            }

            if (i + 1 == arguments.Length || !options.TrySet(arguments[i], arguments[++i]))
            {
                return null;
            }
        }

        return options;
    }

    private bool TrySet(string name, string value)
    {
        if (name == "--to" && value.Split(':') is [var host, var port])
        {
            Host = host;
            Port = int.Parse(port, CultureInfo.InvariantCulture);
            return true;
        }

        if (!double.TryParse(value, CultureInfo.InvariantCulture, out double number) || number < 0)
        {
            return false;
        }

        switch (name)
        {
            case "--connections": Connections = (int)number; return true;
            case "--window": Window = (int)number; return true;
            case "--seconds": Seconds = number; return true;
            case "--warm-up": WarmUpSeconds = number; return true;
            case "--idle": Idle = (int)number; return true;
            case "--pid": ProcessId = (int)number; return true;
            case "--first-sequence": FirstSequence = (long)number; return true;
            default: return false;
        }
    }
}
