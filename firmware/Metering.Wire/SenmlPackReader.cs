namespace Metering.Wire
{
    /// <summary>
    /// Reads a readings pack sample by sample. The order of a record's members does not matter; unknown records and
    /// members are passed over. A pack with an error yields no further sample and says what and where.
    /// </summary>
    public sealed class SenmlPackReader
    {
        private const string MacPrefix = "urn:dev:mac:";

        private readonly JsonCursor _json;
        private readonly int _length;
        private bool _started;
        private bool _pendingSample;
        private long _baseTime;
        private long _sequence;

        // The record just read.
        private string _name;
        private string _text;
        private bool _hasTime;
        private bool _hasNumber;
        private long _time;
        private long _number;

        public SenmlPackReader(byte[] payload, int length)
        {
            _json = new JsonCursor(payload, length);
            _length = length;
        }

        /// <summary>The first error, or null.</summary>
        public string Error
        {
            get { return _json.Error; }
        }

        /// <summary>The board of the base name; null until the first sample was read.</summary>
        public string Board { get; private set; }

        /// <summary>Samples read so far.</summary>
        public int Samples { get; private set; }

        /// <summary>Reads the next sample; false at the end or at an error.</summary>
        public bool Read(WireSample sample)
        {
            if (!_started && !Start())
            {
                return false;
            }

            if (!_pendingSample || _json.Failed)
            {
                return false;
            }

            sample.Clear();
            sample.Time = _baseTime;
            sample.Sequence = _sequence;
            int seen = 0;
            _pendingSample = false;
            while (NextRecord())
            {
                if (_name == "seq")
                {
                    TakeSequence();
                    break;
                }

                if (!Apply(sample, ref seen))
                {
                    return false;
                }
            }

            return !_json.Failed && Check(sample, seen);
        }

        private bool Start()
        {
            _started = true;
            if (_length > WireLimits.PayloadBytesMax)
            {
                return _json.Fail("the payload is longer than " + WireLimits.PayloadBytesMax.ToString() + " bytes");
            }

            if (!_json.Expect('[') || !NextRecord())
            {
                return false;
            }

            return Board == null ? _json.Fail("the base name is missing") : TakeSequence();
        }

        private bool TakeSequence()
        {
            if (_name != "seq" || !_hasNumber || !_hasTime)
            {
                return _json.Fail("a sample begins with a seq record that carries a base time");
            }

            if (_number < 1)
            {
                return _json.Fail("seq is 1 or more");
            }

            _sequence = _number;
            _baseTime = _time;
            _pendingSample = true;
            return true;
        }

        private bool Apply(WireSample sample, ref int seen)
        {
            switch (_name)
            {
                case "boot":
                    seen |= 1;
                    sample.Boot = _number;
                    return InRange(_number, 1, WireLimits.BootMax);
                case "up":
                    seen |= 2;
                    sample.Uptime = _number;
                    return InRange(_number, 0, WireLimits.IntegerMax);
                case "clk":
                    seen |= 4;
                    sample.Clock = (byte)_number;
                    return InRange(_number, 0, 2);
                case "flg":
                    sample.Flags = (byte)_number;
                    return InRange(_number, 0, 255);
                default:
                    return ApplyChannel(sample);
            }
        }

        private bool InRange(long value, long min, long max)
        {
            return _hasNumber && value >= min && value <= max ? true : _json.Fail(_name + " is missing its number or outside its range");
        }

        private bool ApplyChannel(WireSample sample)
        {
            byte channel = WireChannel.Parse(_name);
            if (channel == WireChannel.None)
            {
                return true;
            }

            for (int i = 0; i < sample.Count; i++)
            {
                if (sample.Channels[i] == channel)
                {
                    return _json.Fail(_name + " is there twice");
                }
            }

            if (_text != null)
            {
                byte reason = MissingCode.Parse(_text);
                return reason == MissingCode.None
                    ? _json.Fail(_name + " has an unknown reason")
                    : sample.AddMissing(channel, reason);
            }

            if (!_hasNumber || !WireChannel.InRange(channel, _number))
            {
                return _json.Fail(_name + " is missing its number or outside its range");
            }

            return sample.Add(channel, _number);
        }

        private bool Check(WireSample sample, int seen)
        {
            if (seen != 7)
            {
                return _json.Fail("boot, up or clk is missing");
            }

            if ((sample.Clock == ClockCode.None) != (sample.Time == 0))
            {
                return _json.Fail("bt is 0 exactly when clk is 0");
            }

            Samples++;
            return Samples <= WireLimits.SamplesPerPackMax || _json.Fail("more than " + WireLimits.SamplesPerPackMax.ToString() + " samples");
        }

        // Takes the next record of the array; false at its end.
        private bool NextRecord()
        {
            if (_name != null)
            {
                if (_json.Take(']'))
                {
                    if (!_json.AtEnd)
                    {
                        _json.Fail("text behind the pack");
                    }

                    return false;
                }

                if (!_json.Expect(','))
                {
                    return false;
                }
            }

            _name = null;
            _text = null;
            _hasTime = false;
            _hasNumber = false;
            _number = 0;
            return _json.Expect('{') && Members() && NameIsThere();
        }

        private bool NameIsThere()
        {
            return _name != null || _json.Fail("a record without n");
        }

        private bool Members()
        {
            string numberName = null;
            while (!_json.Failed)
            {
                string key = _json.Text();
                if (key == null || !_json.Expect(':'))
                {
                    return false;
                }

                switch (key)
                {
                    case "bn":
                        TakeBaseName(_json.Text());
                        break;
                    case "bt":
                        _hasTime = _json.Number(0, out _time) && (_time >= 0 || _json.Fail("bt is negative"));
                        break;
                    case "n":
                        _name = _json.Text();
                        numberName = _name;
                        break;
                    case "vs":
                        _text = _json.Text();
                        break;
                    case "v":
                        // The name decides the scale and comes first in every pack that a board writes.
                        if (numberName == null)
                        {
                            return _json.Fail("n has to come before v");
                        }

                        TakeNumber(numberName);
                        break;
                    default:
                        _json.Skip();
                        break;
                }

                if (_json.Take('}'))
                {
                    return true;
                }

                _json.Expect(',');
            }

            return false;
        }

        private void TakeNumber(string name)
        {
            byte channel = WireChannel.Parse(name);
            if (channel != WireChannel.None)
            {
                _hasNumber = _json.Number(WireChannel.Decimals(channel), out _number);
            }
            else if (name == "seq" || name == "boot" || name == "up" || name == "clk" || name == "flg")
            {
                _hasNumber = _json.Number(0, out _number);
            }
            else
            {
                _json.Skip();
            }
        }

        private void TakeBaseName(string name)
        {
            if (name == null)
            {
                return;
            }

            string board = name.Length == MacPrefix.Length + WireLimits.BoardIdChars + 1 && name[name.Length - 1] == ':'
                ? name.Substring(MacPrefix.Length, WireLimits.BoardIdChars)
                : null;
            bool good = Topics.IsBoardId(board) && name == MacPrefix + board + ":" && (Board == null || Board == board);
            if (!good)
            {
                _json.Fail("bn is not urn:dev:mac:<EUI-64>:");
                return;
            }

            Board = board;
        }
    }
}
