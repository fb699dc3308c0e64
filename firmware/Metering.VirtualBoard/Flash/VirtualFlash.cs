using System.Text;

namespace Metering.Virtual;

/// <summary>
/// The littlefs partition: files of 4 KiB blocks, at least one each; what an open file was given is lost with the power
/// until it is closed; a commit that is cut leaves the old content, the new, or a prefix of the new.
/// </summary>
public sealed class VirtualFlash
{
    public const int BlockBytes = 4096;

    /// <summary>Blocks that littlefs keeps for itself (superblock pair, root directory, room for copy-on-write).</summary>
    private const int ReservedBlocks = 6;

    private readonly VirtualBoard _board;
    private readonly Dictionary<string, VirtualFile> _files = new(StringComparer.Ordinal);

    internal VirtualFlash(VirtualBoard board, int bytes)
    {
        _board = board;
        Blocks = bytes / BlockBytes;
    }

    public int Blocks { get; }

    /// <summary>Block erases since the board was made (endurance 100 000 a block, spread over the free ones).</summary>
    public long Erases { get; private set; }

    /// <summary>Fault: every commit fails with an I/O error, as on a full or worn partition.</summary>
    public bool Full { get; set; }

    /// <summary>Blocks in use by files.</summary>
    public int UsedBlocks
    {
        get
        {
            var used = 0;
            foreach (var file in _files.Values)
            {
                used += BlocksOf(file.Length);
            }

            return used;
        }
    }

    /// <summary>Paths of all files.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>Puts a file on the partition, as provisioning by cable does.</summary>
    public void Provision(string path, string content) => Provision(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a file on the partition, as provisioning by cable does.</summary>
    public void Provision(string path, byte[] content)
    {
        var file = new VirtualFile();
        file.Append(content, content.Length);
        _files[path] = file;
    }

    /// <summary>Content of a file, or null.</summary>
    public byte[]? Content(string path) => _files.TryGetValue(path, out var file) ? file.Bytes.AsSpan(0, file.Length).ToArray() : null;

    /// <summary>Fault: the partition could not be mounted and was formatted at boot; everything on it is gone, the Wi-Fi
    /// credentials too.</summary>
    public void Reformat()
    {
        _files.Clear();
        _board.Wifi.StoredSsid = string.Empty;
    }

    internal bool Exists(string path)
    {
        _board.ThrowIfDead();
        return _files.ContainsKey(path);
    }

    internal VirtualFile? Find(string path) => _files.GetValueOrDefault(path);

    internal void Delete(string path)
    {
        _board.IoStep(IoStepKind.FlashDelete);
        if (_files.Remove(path))
        {
            Erases++;
        }

        _board.IoStep(IoStepKind.FlashDelete);
    }

    internal string[] Names(string directory)
    {
        _board.ThrowIfDead();
        var names = new List<string>();
        foreach (var path in _files.Keys)
        {
            if (path.StartsWith(directory, StringComparison.Ordinal))
            {
                names.Add(path);
            }
        }

        return [.. names];
    }

    /// <summary>Replaces the content from <paramref name="from"/> on.</summary>
    internal void Commit(string path, int from, byte[] tail, int count)
    {
        _board.IoStep(IoStepKind.FlashCommit);
        var existing = _files.GetValueOrDefault(path);
        var before = existing is null ? 0 : BlocksOf(existing.Length);
        if (Full || UsedBlocks - before + BlocksOf(from + count) > Blocks - ReservedBlocks)
        {
            throw new IOException("The flash partition is full.");
        }

        Erases += 1 + ((from % BlockBytes) + count) / BlockBytes;
        var file = existing ?? (_files[path] = new VirtualFile());
        file.Truncate(from);
        var half = count / 2;
        if (_board.OnIoStep is null)
        {
            file.Append(tail, count);
            return;
        }

        file.Append(tail, half);
        _board.IoStep(IoStepKind.FlashCommit);
        file.Truncate(from);
        file.Append(tail, count);
        _board.IoStep(IoStepKind.FlashCommit);
    }

    private static int BlocksOf(int length) => Math.Max(1, (length + BlockBytes - 1) / BlockBytes);
}

/// <summary>Committed content of one file.</summary>
internal sealed class VirtualFile
{
    public byte[] Bytes { get; private set; } = new byte[64];

    public int Length { get; private set; }

    public void Truncate(int length) => Length = Math.Min(Length, length);

    public void Append(byte[] data, int count)
    {
        if (Length + count > Bytes.Length)
        {
            var larger = new byte[Math.Max(Bytes.Length * 2, Length + count)];
            Array.Copy(Bytes, larger, Length);
            Bytes = larger;
        }

        Array.Copy(data, 0, Bytes, Length, count);
        Length += count;
    }
}
