namespace Metering.Wire
{
    /// <summary>
    /// Reads JSON (RFC 8259) from bytes, token by token, without a tree and without floating point. Depth is bounded;
    /// the first error stops it and says where.
    /// </summary>
    public sealed class JsonCursor
    {
        public const int TextCharsMax = 2048;

        private readonly byte[] _bytes;
        private readonly int _end;
        private int _at;

        public JsonCursor(byte[] bytes, int length)
        {
            _bytes = bytes;
            _end = length;
        }

        /// <summary>The first error, or null.</summary>
        public string Error { get; private set; }

        public bool Failed
        {
            get { return Error != null; }
        }

        /// <summary>Whether only white space is left.</summary>
        public bool AtEnd
        {
            get
            {
                SkipSpace();
                return _at >= _end;
            }
        }

        /// <summary>The next significant character without taking it, or 0 at the end.</summary>
        public char Peek()
        {
            SkipSpace();
            return _at < _end ? (char)_bytes[_at] : (char)0;
        }

        /// <summary>Takes a structural character; an error when it is not next.</summary>
        public bool Expect(char c)
        {
            if (Failed)
            {
                return false;
            }

            if (Peek() != c)
            {
                return Fail("expected " + new string(c, 1));
            }

            _at++;
            return true;
        }

        /// <summary>Takes a structural character if it is next.</summary>
        public bool Take(char c)
        {
            if (Failed || Peek() != c)
            {
                return false;
            }

            _at++;
            return true;
        }

        /// <summary>A string, or null with an error.</summary>
        public string Text()
        {
            if (!Expect('"'))
            {
                return null;
            }

            int start = _at;
            while (_at < _end && _bytes[_at] != (byte)'"' && _bytes[_at] != (byte)'\\' && _bytes[_at] >= 32 && _bytes[_at] < 128)
            {
                _at++;
            }

            if (_at >= _end)
            {
                Fail("unfinished string");
                return null;
            }

            if (_bytes[_at] == (byte)'"')
            {
                if (_at - start > TextCharsMax)
                {
                    Fail("string too long");
                    return null;
                }

                string plain = System.Text.Encoding.UTF8.GetString(_bytes, start, _at - start);
                _at++;
                return plain;
            }

            return Unescape(start);
        }

        /// <summary>A number as an integer scaled by 10^decimals; more decimals or an exponent are an error.</summary>
        public bool Number(int decimals, out long value)
        {
            value = 0;
            if (Failed)
            {
                return false;
            }

            bool negative = Peek() == '-';
            if (negative)
            {
                _at++;
            }

            int digits = 0;
            int fraction = -1;
            int start = _at;
            while (_at < _end)
            {
                byte b = _bytes[_at];
                if (b == (byte)'.' && fraction < 0 && digits > 0)
                {
                    fraction = 0;
                }
                else if (b >= (byte)'0' && b <= (byte)'9')
                {
                    if (fraction >= 0 && fraction == decimals)
                    {
                        if (b != (byte)'0')
                        {
                            return Fail("too many decimals");
                        }
                    }
                    else
                    {
                        if (value > WireLimits.IntegerMax)
                        {
                            return Fail("number too large");
                        }

                        value = (value * 10) + (b - (byte)'0');
                        if (fraction >= 0)
                        {
                            fraction++;
                        }
                    }

                    digits++;
                }
                else
                {
                    break;
                }

                _at++;
            }

            bool leadingZero = digits > 1 && _bytes[start] == (byte)'0' && _bytes[start + 1] != (byte)'.';
            bool bareFraction = fraction >= 0 && _at > 0 && _bytes[_at - 1] == (byte)'.';
            if (digits == 0 || leadingZero || bareFraction)
            {
                return Fail("not a number");
            }

            if (_at < _end && (_bytes[_at] == (byte)'e' || _bytes[_at] == (byte)'E'))
            {
                return Fail("exponents are not allowed");
            }

            for (int i = fraction < 0 ? 0 : fraction; i < decimals; i++)
            {
                value *= 10;
            }

            if (value > WireLimits.IntegerMax)
            {
                return Fail("number too large");
            }

            if (negative)
            {
                value = -value;
            }

            return true;
        }

        /// <summary>true or false.</summary>
        public bool Boolean(out bool value)
        {
            value = false;
            if (Failed)
            {
                return false;
            }

            if (Peek() == 't')
            {
                value = true;
                return Word("true");
            }

            return Word("false");
        }

        /// <summary>Passes over any value.</summary>
        public bool Skip()
        {
            return Skip(0);
        }

        public bool Fail(string what)
        {
            if (Error == null)
            {
                Error = what + " at byte " + _at.ToString();
            }

            return false;
        }

        private bool Skip(int depth)
        {
            if (depth > 8)
            {
                return Fail("nested too deeply");
            }

            switch (Peek())
            {
                case '"':
                    return Text() != null;
                case '{':
                    return SkipMembers('{', '}', depth);
                case '[':
                    return SkipMembers('[', ']', depth);
                case 't':
                    return Word("true");
                case 'f':
                    return Word("false");
                case 'n':
                    return Word("null");
                default:
                    return SkipNumber();
            }
        }

        private bool SkipMembers(char open, char close, int depth)
        {
            if (!Expect(open))
            {
                return false;
            }

            if (Take(close))
            {
                return true;
            }

            while (!Failed)
            {
                if (open == '{' && (Text() == null || !Expect(':')))
                {
                    return false;
                }

                if (!Skip(depth + 1))
                {
                    return false;
                }

                if (Take(close))
                {
                    return true;
                }

                Expect(',');
            }

            return false;
        }

        private bool SkipNumber()
        {
            int start = _at;
            while (_at < _end)
            {
                byte b = _bytes[_at];
                bool part = (b >= (byte)'0' && b <= (byte)'9') || b == (byte)'-' || b == (byte)'+' || b == (byte)'.' || b == (byte)'e' || b == (byte)'E';
                if (!part)
                {
                    break;
                }

                _at++;
            }

            return _at > start || Fail("a value is missing");
        }

        private bool Word(string word)
        {
            for (int i = 0; i < word.Length; i++)
            {
                if (_at >= _end || _bytes[_at] != (byte)word[i])
                {
                    return Fail("expected " + word);
                }

                _at++;
            }

            return true;
        }

        private string Unescape(int start)
        {
            byte[] text = new byte[TextCharsMax];
            int length = _at - start;
            if (length > TextCharsMax - 4)
            {
                Fail("string too long");
                return null;
            }

            System.Array.Copy(_bytes, start, text, 0, length);
            while (_at < _end)
            {
                byte b = _bytes[_at++];
                if (b == (byte)'"')
                {
                    return System.Text.Encoding.UTF8.GetString(text, 0, length);
                }

                if (b < 32)
                {
                    Fail("control character in a string");
                    return null;
                }

                if (length > TextCharsMax - 4)
                {
                    Fail("string too long");
                    return null;
                }

                if (b != (byte)'\\')
                {
                    text[length++] = b;
                    continue;
                }

                int c = Escape();
                if (c < 0)
                {
                    return null;
                }

                length = AppendUtf8(text, length, c);
            }

            Fail("unfinished string");
            return null;
        }

        private int Escape()
        {
            if (_at >= _end)
            {
                Fail("unfinished string");
                return -1;
            }

            char c = (char)_bytes[_at++];
            switch (c)
            {
                case '"':
                case '\\':
                case '/':
                    return c;
                case 'b':
                    return 8;
                case 'f':
                    return 12;
                case 'n':
                    return 10;
                case 'r':
                    return 13;
                case 't':
                    return 9;
                case 'u':
                    return Hex4();
                default:
                    Fail("unknown escape");
                    return -1;
            }
        }

        private int Hex4()
        {
            int value = 0;
            for (int i = 0; i < 4; i++)
            {
                int c = _at < _end ? _bytes[_at++] : 0;
                int digit;
                if (c >= '0' && c <= '9')
                {
                    digit = c - '0';
                }
                else if (c >= 'a' && c <= 'f')
                {
                    digit = c - 'a' + 10;
                }
                else if (c >= 'A' && c <= 'F')
                {
                    digit = c - 'A' + 10;
                }
                else
                {
                    Fail("unknown escape");
                    return -1;
                }

                value = (value << 4) | digit;
            }

            if (value >= 0xD800 && value <= 0xDFFF)
            {
                Fail("surrogates are not supported");
                return -1;
            }

            return value;
        }

        private static int AppendUtf8(byte[] text, int length, int c)
        {
            if (c < 0x80)
            {
                text[length++] = (byte)c;
            }
            else if (c < 0x800)
            {
                text[length++] = (byte)(0xC0 | (c >> 6));
                text[length++] = (byte)(0x80 | (c & 0x3F));
            }
            else
            {
                text[length++] = (byte)(0xE0 | (c >> 12));
                text[length++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                text[length++] = (byte)(0x80 | (c & 0x3F));
            }

            return length;
        }

        private void SkipSpace()
        {
            while (_at < _end)
            {
                byte b = _bytes[_at];
                if (b != (byte)' ' && b != (byte)'\n' && b != (byte)'\r' && b != (byte)'\t')
                {
                    return;
                }

                _at++;
            }
        }
    }
}
