using Metering.Simulator.Scenarios;
using Metering.Virtual;

namespace Metering.Simulator.Fleet;

/// <summary>Where a fleet publishes to.</summary>
public abstract record FleetTarget
{
    /// <summary>Name or address that goes into the boards' settings.</summary>
    public abstract string Host { get; }

    /// <summary>TCP port that goes into the boards' settings.</summary>
    public abstract int Port { get; }

    /// <summary>TLS.</summary>
    public virtual bool Secure => false;

    /// <summary>User name and password of a board, or null for an anonymous connection.</summary>
    public virtual BoardLogin? LoginOf(ScenarioBoard board) => null;

    internal abstract IMqttLink LinkOf(ScenarioBoard board);
}

/// <summary>What a board logs in with.</summary>
public sealed record BoardLogin(string UserName, string Password);

/// <summary>A broker in the same process, such as <see cref="InMemoryMqttLink"/>; for tests.</summary>
public sealed record InMemoryFleetTarget(Func<ScenarioBoard, IMqttLink> Links) : FleetTarget
{
    public override string Host => "in-memory";

    public override int Port => 1883;

    internal override IMqttLink LinkOf(ScenarioBoard board) => Links(board);
}
