namespace Metering.Collector.Storage.Sqlite;

/// <summary>Where a read of a board stands: the last row read, in the order of the table.</summary>
/// <param name="Time">Unix seconds.</param>
/// <param name="Boot">Boot.</param>
/// <param name="Sequence">Sequence.</param>
internal readonly record struct SampleKey(long Time, long Boot, long Sequence);
