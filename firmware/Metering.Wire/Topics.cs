namespace Metering.Wire
{
    /// <summary>Topic names. A board publishes and subscribes below its own identifier only.</summary>
    public static class Topics
    {
        public const string Prefix = "metering/v1/";
        public const string Readings = "/readings";
        public const string Status = "/status";
        public const string Event = "/event";
        public const string Config = "/config";
        public const string Command = "/command";

        /// <summary>The payload of the last will.</summary>
        public const string WillPayload = "[{\"n\":\"state\",\"vs\":\"offline\"}]";

        public static string For(string board, string suffix)
        {
            return Prefix + board + suffix;
        }

        /// <summary>The board of a topic with the given suffix, or null when the topic is another.</summary>
        public static string BoardOf(string topic, string suffix)
        {
            if (topic == null || topic.Length != Prefix.Length + WireLimits.BoardIdChars + suffix.Length)
            {
                return null;
            }

            string board = topic.Substring(Prefix.Length, WireLimits.BoardIdChars);
            return topic == For(board, suffix) && IsBoardId(board) ? board : null;
        }

        /// <summary>Sixteen lower-case hexadecimal digits.</summary>
        public static bool IsBoardId(string text)
        {
            if (text == null || text.Length != WireLimits.BoardIdChars)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>EUI-64 of a MAC-48: <c>fffe</c> in its middle (RFC 9039).</summary>
        public static string BoardIdOfMac(byte[] mac)
        {
            const string Digits = "0123456789abcdef";
            char[] id = new char[WireLimits.BoardIdChars];
            int at = 0;
            for (int i = 0; i < 6; i++)
            {
                if (i == 3)
                {
                    id[at++] = 'f';
                    id[at++] = 'f';
                    id[at++] = 'f';
                    id[at++] = 'e';
                }

                id[at++] = Digits[mac[i] >> 4];
                id[at++] = Digits[mac[i] & 0x0F];
            }

            return new string(id);
        }
    }
}
