using System.Buffers;
using System.Diagnostics;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Mqtt.Tests.Codec;

public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Packets = 2_000_000;

    /// <summary>Bytes that decoding one packet may allocate: a bag of properties per entry, and copies of what stood in it.</summary>
    private const long AllocatedBytesPerPacketMax = 64 * 1024;

    /// <summary>
    /// Takes valid packets of every kind, damages them, and decodes each as both versions: it is accepted or refused with
    /// a reason code, and nothing else. What is accepted can be written, and what was written is read again as the same bytes.
    /// </summary>
    [Fact]
    public void Decoding_over_a_million_damaged_packets_never_throws_hangs_or_allocates_without_bound()
    {
        const int seed = 20_190_307;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] corpus =
        [
            .. GoldenPacketTests.Version311.Concat(GoldenPacketTests.Version500)
                .Select(row => GoldenBytes.Bytes((string)row[1])),
        ];
        var damaged = new byte[512];
        var written = new ArrayBufferWriter<byte>(1024);
        var again = new ArrayBufferWriter<byte>(1024);
        int accepted = 0;
        long worst = 0;
        for (int i = 0; i < Packets; i++)
        {
            int length = Damage(random, corpus, damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (MqttProtocolVersion version in (MqttProtocolVersion[])[MqttProtocolVersion.V311, MqttProtocolVersion.V500])
            {
                MqttFrameStatus status = MqttFrame.TryRead(
                    new ReadOnlySequence<byte>(damaged, 0, length), 1024, out MqttFrame frame, out MqttDecodeError error);
                if (status == MqttFrameStatus.Refused)
                {
                    Assert.True(error.Reason.IsFailure());
                    continue;
                }

                if (status == MqttFrameStatus.Incomplete)
                {
                    continue;
                }

                written.ResetWrittenCount();
                if (!PacketEcho.TryEcho(frame.Type, frame.Flags, frame.Body.FirstSpan, version, written, out error))
                {
                    Assert.True(error.Reason.IsFailure());
                    continue;
                }

                accepted++;
                again.ResetWrittenCount();
                MqttProtocolVersion spoken = SpokenBy(frame.Type, written.WrittenSpan, version);
                Assert.Equal(
                    MqttFrameStatus.Complete,
                    MqttFrame.TryRead(new ReadOnlySequence<byte>(written.WrittenMemory), 2048, out MqttFrame second, out _));
                Assert.True(PacketEcho.TryEcho(second.Type, second.Flags, second.Body.FirstSpan, spoken, again, out _));
                Assert.True(written.WrittenSpan.SequenceEqual(again.WrittenSpan), $"packet {i} of seed {seed}");
            }

            worst = Math.Max(worst, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{Packets} packets, {accepted} decodings accepted, at most {worst} bytes allocated for one");
        Assert.InRange(accepted, Packets / 100, Packets * 2);
        Assert.True(worst < AllocatedBytesPerPacketMax, $"{worst} bytes for one packet");
    }

    [Fact]
    public void Decoding_and_encoding_publish_and_puback_allocates_nothing()
    {
        byte[] publish = GoldenBytes.Bytes("32 11 0003 612f62 000a 05 02 0000003c 6869 6869");
        byte[] puback = GoldenBytes.Bytes("40 02 000a");
        var written = new ArrayBufferWriter<byte>(1024);
        RoundTrip(publish, puback, written, 10);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RoundTrip(publish, puback, written, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RoundTrip(byte[] publish, byte[] puback, ArrayBufferWriter<byte> written, int times)
    {
        for (int i = 0; i < times; i++)
        {
            written.ResetWrittenCount();
            MqttFrame.TryRead(new ReadOnlySequence<byte>(publish), 1024, out MqttFrame frame, out _);
            var reader = new PacketReader(frame.Body.FirstSpan);
            if (!PublishPacket.TryDecode(frame.Flags, ref reader, MqttProtocolVersion.V500, out PublishPacket packet))
            {
                throw new UnreachableException();
            }

            PublishPacket.Encode(
                written, MqttProtocolVersion.V500, packet.Topic, packet.PacketId, packet.Payload, 1, false, false);
            MqttFrame.TryRead(new ReadOnlySequence<byte>(puback), 1024, out frame, out _);
            reader = new PacketReader(frame.Body.FirstSpan);
            if (!PublishAnswer.TryDecode(frame.Type, ref reader, MqttProtocolVersion.V500, out PublishAnswer answer))
            {
                throw new UnreachableException();
            }

            answer.Encode(written, MqttPacketType.PubAck, MqttProtocolVersion.V500);
        }
    }

    /// <summary>CONNECT says its own version; a mutation may have changed it.</summary>
    private static MqttProtocolVersion SpokenBy(MqttPacketType type, ReadOnlySpan<byte> packet, MqttProtocolVersion version) =>
        type == MqttPacketType.Connect && packet.Length > 8
            ? packet[1] < 0x80 ? (MqttProtocolVersion)packet[8] : (MqttProtocolVersion)packet[9]
            : version;

    private static int Damage(Random random, byte[][] corpus, byte[] target)
    {
        byte[] source = corpus[random.Next(corpus.Length)];
        source.CopyTo(target, 0);
        int length = source.Length;
        int changes = random.Next(1, 4);
        for (int c = 0; c < changes; c++)
        {
            int at = random.Next(length);
            switch (random.Next(6))
            {
                case 0:
                    target[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    target[at] = (byte)random.Next(256);
                    break;
                case 2:
                    target[at] = (byte)(random.Next(3) switch { 0 => 0x00, 1 => 0xFF, _ => 0x80 });
                    break;
                case 3 when length > 2:
                    target.AsSpan(at + 1, length - at - 1).CopyTo(target.AsSpan(at));
                    length--;
                    break;
                case 4 when length < 300:
                    target.AsSpan(at, length - at).CopyTo(target.AsSpan(at + 1));
                    target[at] = (byte)random.Next(256);
                    length++;
                    break;
                default:
                    byte[] other = corpus[random.Next(corpus.Length)];
                    int from = random.Next(other.Length);
                    int count = Math.Min(other.Length - from, length - at);
                    other.AsSpan(from, count).CopyTo(target.AsSpan(at));
                    break;
            }
        }

        // Half of the time the length is made right again, so that damage reaches the fields behind it.
        if (random.Next(2) == 0 && length is > 2 and < 130)
        {
            target[1] = (byte)(length - 2);
        }

        return length;
    }
}
