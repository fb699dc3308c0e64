namespace Metering.Wire
{
    /// <summary>
    /// Writes one SenML pack (RFC 8428, JSON) into a fixed buffer by integer arithmetic. What does not fit is not
    /// written in part: <see cref="TryAdd"/> and the record methods put the pack back as it was and return false.
    /// </summary>
    public sealed class SenmlPackWriter
    {
        private readonly byte[] _buffer;
        private readonly byte[] _digits = new byte[20];
        private int _length;
        private bool _overflow;
        private string _board;

        /// <param name="bytesMax">Size of the pack at most, bytes.</param>
        public SenmlPackWriter(int bytesMax)
        {
            _buffer = new byte[bytesMax];
        }

        public int Length
        {
            get { return _length == 0 ? 0 : _length + 1; }
        }

        public int Samples { get; private set; }

        /// <summary>Starts a pack of one board.</summary>
        public void Begin(string board)
        {
            _board = board;
            _length = 0;
            Samples = 0;
        }

        /// <summary>Adds a sample; false when it does not fit any more.</summary>
        public bool TryAdd(WireSample sample)
        {
            if (Samples == WireLimits.SamplesPerPackMax)
            {
                return false;
            }

            int start = _length;
            _overflow = false;
            OpenRecord();
            Text("\"bt\":");
            Integer(sample.Time);
            Text(",\"n\":\"seq\",\"u\":\"count\",\"v\":");
            Integer(sample.Sequence);
            Number("boot", "count", sample.Boot, 0);
            Number("up", "s", sample.Uptime, 0);
            Number("clk", null, sample.Clock, 0);
            if (sample.Flags != 0)
            {
                Number("flg", null, sample.Flags, 0);
            }

            for (int i = 0; i < sample.Count; i++)
            {
                byte channel = sample.Channels[i];
                if (sample.Missing[i] != MissingCode.None)
                {
                    String(WireChannel.Name(channel), MissingCode.Name(sample.Missing[i]));
                }
                else
                {
                    Number(WireChannel.Name(channel), WireChannel.Unit(channel), sample.Values[i], WireChannel.Decimals(channel));
                }
            }

            Text("}");
            if (!Keep(start))
            {
                return false;
            }

            Samples++;
            return true;
        }

        /// <summary>Adds the record that opens a status or event pack: base time and a text.</summary>
        public bool TryOpen(long time, string name, string value)
        {
            int start = _length;
            _overflow = false;
            OpenRecord();
            Text("\"bt\":");
            Integer(time);
            Text(",\"n\":\"");
            Text(name);
            Text("\",\"vs\":\"");
            Escaped(value);
            Text("\"}");
            return Keep(start);
        }

        /// <summary>Adds a number with <paramref name="decimals"/> decimals, given as a scaled integer.</summary>
        public bool TryNumber(string name, string unit, long value, int decimals)
        {
            int start = _length;
            _overflow = false;
            Number(name, unit, value, decimals);
            Text("}");
            return Keep(start);
        }

        /// <summary>Adds a text.</summary>
        public bool TryText(string name, string value)
        {
            int start = _length;
            _overflow = false;
            String(name, value);
            Text("}");
            return Keep(start);
        }

        /// <summary>The finished pack.</summary>
        public byte[] ToArray()
        {
            byte[] pack = new byte[_length + 1];
            System.Array.Copy(_buffer, pack, _length);
            pack[_length] = (byte)']';
            return pack;
        }

        private void OpenRecord()
        {
            if (_length == 0)
            {
                Text("[{\"bn\":\"urn:dev:mac:");
                Text(_board);
                Text(":\",");
            }
            else
            {
                Text(",{");
            }
        }

        // Closes the record before, so that a sample is one run of records.
        private void NextRecord(string name)
        {
            if (_length > 0 && _buffer[_length - 1] != (byte)'}')
            {
                Text("}");
            }

            Text(",{\"n\":\"");
            Text(name);
            Text("\"");
        }

        private void Number(string name, string unit, long value, int decimals)
        {
            NextRecord(name);
            if (unit != null)
            {
                Text(",\"u\":\"");
                Text(unit);
                Text("\"");
            }

            Text(",\"v\":");
            Scaled(value, decimals);
        }

        private void String(string name, string value)
        {
            NextRecord(name);
            Text(",\"vs\":\"");
            Escaped(value);
            Text("\"");
        }

        private void Integer(long value)
        {
            Scaled(value, 0);
        }

        private void Scaled(long value, int decimals)
        {
            if (value < 0)
            {
                Byte('-');
                value = -value;
            }

            int count = 0;
            while (value != 0 || count <= decimals)
            {
                _digits[count++] = (byte)('0' + (int)(value % 10));
                value /= 10;
            }

            // Trailing zeros of the fraction carry nothing: 21.50 is written 21.5, and 21.00 is written 21.
            int last = 0;
            while (last < decimals && _digits[last] == (byte)'0')
            {
                last++;
            }

            for (int i = count - 1; i >= last; i--)
            {
                if (i == decimals - 1)
                {
                    Byte('.');
                }

                Byte((char)_digits[i]);
            }
        }

        private void Escaped(string value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                if (c == '"' || c == '\\')
                {
                    Byte('\\');
                    Byte(c);
                }
                else
                {
                    Byte(c >= ' ' && c < (char)127 ? c : '?');
                }
            }
        }

        private void Text(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Byte(text[i]);
            }
        }

        private void Byte(char c)
        {
            // One byte stays free for the closing bracket.
            if (_length >= _buffer.Length - 1)
            {
                _overflow = true;
                return;
            }

            _buffer[_length++] = (byte)c;
        }

        private bool Keep(int start)
        {
            if (_overflow)
            {
                _length = start;
                return false;
            }

            return true;
        }
    }
}
