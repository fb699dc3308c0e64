using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Metering.Benchmarks.Mqtt;

/// <summary>
/// One publishing connection. Speaks just enough 3.1.1 by itself, so that its cost stays small beside the server's and a
/// fault of the product's own codec cannot flatter the result.
/// </summary>
internal sealed class LoadConnection(int number, LoadOptions options) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly long[] _sentAt = new long[ushort.MaxValue + 1];
    private readonly byte[] _batch = new byte[64 * 1024];
    private readonly string _board = string.Create(CultureInfo.InvariantCulture, $"0224befffe{number:x6}");
    private int _carried;
    private ushort _packetId;
    private long _sequence = options.FirstSequence - 1;

    public LatencyHistogram Latency { get; } = new();

    /// <summary>Acknowledgements since <see cref="Measuring"/> was set.</summary>
    public long Acknowledged { get; private set; }

    public volatile bool Measuring;
    public volatile bool Stopping;

    public async Task ConnectAsync()
    {
        await _socket.ConnectAsync(options.Host, options.Port);
        byte[] clientId = Encoding.ASCII.GetBytes(_board);
        byte[] connect =
        [
            0x10, (byte)(12 + clientId.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0,
            0, (byte)clientId.Length, .. clientId,
        ];
        await _socket.SendAsync(connect);
        int got = 0;
        while (got < 4)
        {
            int read = await _socket.ReceiveAsync(_received.AsMemory(got));
            got += read > 0 ? read : throw new IOException("no CONNACK");
        }

        if (_received[0] != 0x20 || _received[3] != 0)
        {
            throw new IOException($"CONNACK return code {_received[3]}");
        }
    }

    public async Task RunAsync()
    {
        int owed = options.Window;
        int inFlight = 0;
        while (true)
        {
            if (!Stopping && owed > 0)
            {
                int length = 0;
                long now = Stopwatch.GetTimestamp();
                for (; owed > 0 && length < _batch.Length - 512; owed--, inFlight++)
                {
                    length += WritePublish(_batch.AsSpan(length), now);
                }

                await _socket.SendAsync(_batch.AsMemory(0, length));
                continue;
            }

            if (inFlight == 0)
            {
                return;
            }

            int read = await _socket.ReceiveAsync(_received.AsMemory(_carried));
            if (read == 0)
            {
                throw new IOException($"the server closed a connection with {inFlight} messages in flight");
            }

            int acknowledged = TakeAcknowledgements(_carried + read);
            inFlight -= acknowledged;
            owed += acknowledged;
        }
    }

    public void Dispose() => _socket.Dispose();

    private int TakeAcknowledgements(int length)
    {
        long now = Stopwatch.GetTimestamp();
        int at = 0;
        int count = 0;
        for (; at + 4 <= length; at += 4, count++)
        {
            if (_received[at] != 0x40 || _received[at + 1] != 2)
            {
                throw new IOException($"not a PUBACK: {_received[at]:x2}");
            }

            long sentAt = _sentAt[BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(at + 2))];
            if (Measuring)
            {
                Latency.Add((now - sentAt) * 1_000_000 / Stopwatch.Frequency);
                Acknowledged++;
            }
        }

        _carried = length - at;
        _received.AsSpan(at, _carried).CopyTo(_received);
        return count;
    }

    private int WritePublish(Span<byte> span, long now)
    {
        _packetId = _packetId == ushort.MaxValue ? (ushort)1 : (ushort)(_packetId + 1);
        _sentAt[_packetId] = now;
        _sequence++;
        Span<byte> body = span[3..];
        int topicLength = Utf8Text(body[2..], $"metering/v1/{_board}/readings");
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)topicLength);
        int at = 2 + topicLength;
        BinaryPrimitives.WriteUInt16BigEndian(body[at..], _packetId);
        at += 2;
        long time = 1_600_000_200 + (_sequence * 600 % 150_000_000);
        at += Utf8Text(
            body[at..],
            $"[{{\"bn\":\"urn:dev:mac:{_board}:\",\"bt\":{time},\"n\":\"seq\",\"u\":\"count\",\"v\":{_sequence}}},{{\"n\":\"boot\",\"u\":\"count\",\"v\":3}},{{\"n\":\"up\",\"u\":\"s\",\"v\":{_sequence * 600}}},{{\"n\":\"clk\",\"v\":2}},{{\"n\":\"ch1\",\"u\":\"count\",\"v\":{_sequence * 17}}},{{\"n\":\"t1\",\"u\":\"Cel\",\"v\":21.29}},{{\"n\":\"rh1\",\"u\":\"%RH\",\"v\":45.12}}]");
        span[0] = 0x32;
        span[1] = (byte)((at & 0x7F) | 0x80);
        span[2] = (byte)(at >> 7);
        return 3 + at;
    }

    private static int Utf8Text(
        Span<byte> target, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(target))]
        ref System.Text.Unicode.Utf8.TryWriteInterpolatedStringHandler text)
    {
        System.Text.Unicode.Utf8.TryWrite(target, CultureInfo.InvariantCulture, ref text, out int written);
        return written;
    }
}
