namespace Metering.Virtual;

/// <summary>One change of a meter's S0 contact, before the input filter.</summary>
/// <param name="AtUs">True instant, microseconds since the Unix epoch; never earlier than the edge before.</param>
/// <param name="Closed">Whether the contact conducts from then on.</param>
/// <param name="Emitted">Genuine pulses begun since the source began, including this edge if it begins one. Bounce does not count.</param>
public readonly record struct ContactEdge(long AtUs, bool Closed, long Emitted);

/// <summary>A meter's pulse output: yields contact edges in time order, for ever or until it is exhausted.</summary>
public interface IContactSource
{
    /// <summary>Takes the next edge; false when there will never be another.</summary>
    bool TryNext(out ContactEdge edge);
}
