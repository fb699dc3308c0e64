#pragma warning disable IDE0130 // imitates nanoFramework's namespace
namespace System;

/// <summary>nanoFramework's stand-in for <c>Span&lt;byte&gt;</c> (mscorlib 1.17).</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;

    public SpanByte(byte[]? array)
    {
        _array = array;
        _start = 0;
        Length = array?.Length ?? 0;
    }

    public SpanByte(byte[]? array, int start, int length)
    {
        var size = array?.Length ?? 0;
        if (start < 0 || length < 0 || start + length > size)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        _array = array;
        _start = start;
        Length = length;
    }

    public static SpanByte Empty => default;

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    public byte this[int index]
    {
        get => AsSpan()[index];
        set => AsSpan()[index] = value;
    }

    public static implicit operator SpanByte(byte[]? array) => new(array);

    public void CopyTo(SpanByte destination) => AsSpan().CopyTo(destination.AsSpan());

    public SpanByte Slice(int start) => new(_array, _start + start, Length - start);

    public SpanByte Slice(int start, int length) => new(_array, _start + start, length);

    public byte[] ToArray() => AsSpan().ToArray();

    internal Span<byte> AsSpan() => new(_array, _start, Length);
}
