using System.Text.Json;
using Metering.Core.Readings;

namespace Metering.Collector.Ingest;

/// <summary>
/// Reads a readings pack (docs/wire-format.md; SenML, RFC 8428) straight from its bytes. Strict: a pack is either
/// understood whole or refused with one <see cref="PackFault"/>.
/// </summary>
/// <remarks>
/// Not the reader of <c>Metering.Wire</c>, which is bound to the nano subset and to trust; a differential test holds
/// the two together. Fields with unknown names are passed over as RFC 8428, 4.4 asks, those ending in an underscore refuse the pack.
/// </remarks>
public static class SenmlDecoder
{
    private static readonly string[] ChannelNames =
    [
        "ch1", "ch2", "ch3", "ch4", "ch5", "ch6", "ch7", "ch8",
        "t1", "t2", "t3", "t4", "rh1", "rh2", "rh3", "rh4", "p1",
    ];

    /// <summary>Decodes one pack of <paramref name="board"/>.</summary>
    /// <param name="payload">The message's bytes.</param>
    /// <param name="board">The board of the topic; the base name must say the same.</param>
    /// <param name="now">The collector's clock, to refuse dates in the future.</param>
    /// <param name="samples">The samples, or empty.</param>
    /// <returns>Null, or why the pack was refused.</returns>
    public static PackFault? Decode(ReadOnlySpan<byte> payload, string board, DateTimeOffset now, out IReadOnlyList<Sample> samples)
    {
        samples = [];
        if (payload.Length > IngestLimits.PayloadBytesMax)
        {
            return new("too-large", $"The payload has {payload.Length} bytes; at most {IngestLimits.PayloadBytesMax} are allowed.");
        }

        var pack = new PackBuilder(board, now);
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return new("not-senml", "The payload is not a JSON array of SenML records.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                if (ReadRecord(ref reader, out var record) is { } bad)
                {
                    return bad;
                }

                if (pack.Add(record) is { } refused)
                {
                    return refused;
                }
            }

            if (reader.TokenType != JsonTokenType.EndArray)
            {
                return new("not-senml", $"Byte {reader.TokenStartIndex}: a SenML record (an object) was expected.");
            }

            if (reader.Read())
            {
                return new("not-json", $"Byte {reader.TokenStartIndex}: nothing may follow the pack.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for text that is not valid UTF-8 or a lone surrogate.
            return new("not-json", $"Byte {reader.BytesConsumed}: not JSON in UTF-8.");
        }

        return pack.Finish(out samples);
    }

    private static PackFault? ReadRecord(ref Utf8JsonReader reader, out SenmlRecord record)
    {
        record = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.TokenStartIndex;
            var field = FieldOf(ref reader, out var refusal);
            if (refusal is not null)
            {
                return refusal;
            }

            reader.Read();
            if (field == SenmlField.Other)
            {
                reader.Skip();
                continue;
            }

            if ((record.Seen & (1 << (int)field)) != 0)
            {
                return new("duplicate-field", $"Byte {at}: the record has the field twice.");
            }

            record.Seen |= 1 << (int)field;
            switch (field)
            {
                case SenmlField.BaseName when reader.TokenType == JsonTokenType.String:
                    record.BaseName = reader.GetString();
                    break;
                case SenmlField.Name when reader.TokenType == JsonTokenType.String:
                    record.Name = Interned(ref reader);
                    break;
                case SenmlField.Unit when reader.TokenType == JsonTokenType.String:
                    record.Unit = InternedUnit(ref reader);
                    break;
                case SenmlField.StringValue when reader.TokenType == JsonTokenType.String:
                    record.StringValue = reader.GetString();
                    break;
                case SenmlField.BaseTime when reader.TokenType == JsonTokenType.Number && ScaledNumber.TryParse(reader.ValueSpan, 0, out var time):
                    record.BaseTime = time;
                    break;
                case SenmlField.Value when reader.TokenType == JsonTokenType.Number && ScaledNumber.TryParse(reader.ValueSpan, 2, out var value):
                    record.Hundredths = value;
                    break;
                default:
                    return new("bad-field", $"Byte {at}: the field has a value of a wrong kind; numbers are decimal, without exponent, with at most two decimals.");
            }
        }

        return reader.TokenType == JsonTokenType.EndObject
            ? null
            : new("not-senml", $"Byte {reader.TokenStartIndex}: the record does not end.");
    }

    private static SenmlField FieldOf(ref Utf8JsonReader reader, out PackFault? refusal)
    {
        refusal = null;
        if (reader.ValueTextEquals("n"u8))
        {
            return SenmlField.Name;
        }

        if (reader.ValueTextEquals("v"u8))
        {
            return SenmlField.Value;
        }

        if (reader.ValueTextEquals("u"u8))
        {
            return SenmlField.Unit;
        }

        if (reader.ValueTextEquals("vs"u8))
        {
            return SenmlField.StringValue;
        }

        if (reader.ValueTextEquals("bt"u8))
        {
            return SenmlField.BaseTime;
        }

        if (reader.ValueTextEquals("bn"u8))
        {
            return SenmlField.BaseName;
        }

        var name = reader.ValueSpan;
        if (reader.ValueTextEquals("t"u8) || reader.ValueTextEquals("bv"u8) || reader.ValueTextEquals("bs"u8)
            || reader.ValueTextEquals("s"u8) || reader.ValueTextEquals("bu"u8) || reader.ValueTextEquals("bver"u8)
            || (name.Length > 0 && name[^1] == (byte)'_'))
        {
            refusal = new("unknown-field", $"Byte {reader.TokenStartIndex}: the field changes the meaning of a record and is not part of this format; allowed are bn, bt, n, u, v, vs.");
        }

        return SenmlField.Other;
    }

    private static string Interned(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("seq"u8))
        {
            return "seq";
        }

        if (reader.ValueTextEquals("boot"u8))
        {
            return "boot";
        }

        if (reader.ValueTextEquals("up"u8))
        {
            return "up";
        }

        if (reader.ValueTextEquals("clk"u8))
        {
            return "clk";
        }

        foreach (var channel in ChannelNames)
        {
            if (reader.ValueTextEquals(channel))
            {
                return channel;
            }
        }

        return reader.GetString()!;
    }

    private static string InternedUnit(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("count"u8) ? "count"
        : reader.ValueTextEquals("Cel"u8) ? "Cel"
        : reader.ValueTextEquals("%RH"u8) ? "%RH"
        : reader.ValueTextEquals("s"u8) ? "s"
        : reader.GetString()!;
}
