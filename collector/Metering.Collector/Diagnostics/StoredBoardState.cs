namespace Metering.Collector.Diagnostics;

/// <summary>A board's state as the store keeps it.</summary>
/// <param name="Board">EUI-64.</param>
/// <param name="LastHeard">When anything of it last arrived.</param>
/// <param name="LastStatus">When its last status arrived, or null.</param>
/// <param name="Status">The records of that status.</param>
/// <param name="Events">Its latest events, oldest first.</param>
internal sealed record StoredBoardState(
    string Board, DateTimeOffset LastHeard, DateTimeOffset? LastStatus, IReadOnlyDictionary<string, string> Status, IReadOnlyList<BoardEvent> Events);
