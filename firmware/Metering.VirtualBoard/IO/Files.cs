namespace Metering.Virtual.IO;

#pragma warning disable CA1716, CA1720 // nanoFramework's names

public enum FileMode
{
    CreateNew = 1,
    Create = 2,
    Open = 3,
    OpenOrCreate = 4,
    Truncate = 5,
    Append = 6,
}

public enum FileAccess
{
    Read = 1,
    Write = 2,
    ReadWrite = 3,
}

/// <summary><c>System.IO.File</c> of nanoFramework over the board's flash.</summary>
public static class File
{
    public static bool Exists(string path) => VirtualBoard.Current.Flash.Exists(path);

    public static void Delete(string path) => VirtualBoard.Current.Flash.Delete(path);
}

/// <summary><c>System.IO.Directory</c> of nanoFramework over the board's flash, one level deep.</summary>
public static class Directory
{
    public static string[] GetFiles(string path) => VirtualBoard.Current.Flash.Names(path);
}

/// <summary><c>System.IO.FileStream</c> of nanoFramework: writes reach the flash when the stream is disposed, not before.</summary>
public sealed class FileStream : IDisposable
{
    private readonly VirtualFlash _flash = VirtualBoard.Current.Flash;
    private readonly string _path;
    private readonly byte[] _existing;
    private readonly int _from;
    private readonly FileAccess _access;
    private byte[] _tail = [];
    private int _tailLength;
    private int _existingLength;
    private bool _dirty;
    private bool _closed;

    public FileStream(string path, FileMode mode, FileAccess access)
    {
        _path = path;
        _access = access;
        VirtualBoard.Current.ThrowIfDead();
        var file = _flash.Find(path);
        if (file is null && mode is FileMode.Open or FileMode.Truncate)
        {
            throw new IOException("File not found: " + path);
        }

        if (file is not null && mode == FileMode.CreateNew)
        {
            throw new IOException("File exists: " + path);
        }

        _existing = file?.Bytes ?? [];
        _existingLength = file?.Length ?? 0;
        if (mode is FileMode.Create or FileMode.CreateNew or FileMode.Truncate)
        {
            _existingLength = 0;
            _dirty = true;
        }

        _from = _existingLength;
        Position = mode == FileMode.Append ? _existingLength : 0;
    }

    public long Length => _existingLength + _tailLength;

    public long Position { get; set; }

    public int Read(byte[] buffer, int offset, int count)
    {
        VirtualBoard.Current.ThrowIfDead();
        var available = (int)Math.Max(0, Math.Min(count, _existingLength - Position));
        Array.Copy(_existing, (int)Position, buffer, offset, available);
        Position += available;
        return available;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        VirtualBoard.Current.ThrowIfDead();
        if (_access == FileAccess.Read || Position != Length)
        {
            throw new NotSupportedException("The virtual flash appends only; the firmware does nothing else.");
        }

        if (_tailLength + count > _tail.Length)
        {
            Array.Resize(ref _tail, Math.Max(count, 2 * _tail.Length) + _tailLength);
        }

        Array.Copy(buffer, offset, _tail, _tailLength, count);
        _tailLength += count;
        Position += count;
        _dirty = true;
    }

    public void SetLength(long value)
    {
        if (_tailLength != 0 || value > _existingLength)
        {
            throw new NotSupportedException("The virtual flash shortens existing content only.");
        }

        _existingLength = (int)value;
        Position = Math.Min(Position, value);
        _dirty = true;
    }

    public void Close() => Dispose();

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        if (_dirty && VirtualBoard.Current.IsRunning)
        {
            _flash.Commit(_path, Math.Min(_from, _existingLength), _tail, _tailLength);
        }
    }
}
