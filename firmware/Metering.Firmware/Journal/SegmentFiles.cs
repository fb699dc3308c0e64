using Metering.Firmware.Flash;

namespace Metering.Firmware.Journal
{
    /// <summary>The files of the journal's segments, numbered from 1 up without holes: the oldest is the head, the newest the tail.</summary>
    public sealed class SegmentFiles
    {
        /// <summary>Number of the oldest segment, 0 when there is none.</summary>
        public long Head { get; set; }

        /// <summary>Number of the newest segment, 0 when there is none.</summary>
        public long Tail { get; set; }

        /// <summary>Segments that there are.</summary>
        public long Count
        {
            get { return Tail == 0 ? 0 : Tail - Head + 1; }
        }

        public static string PathOf(long segment)
        {
            return BoardFiles.Root + "journal" + segment.ToString() + ".bin";
        }

        /// <summary>Looks what is in flash.</summary>
        public void Find()
        {
            string[] paths = BoardFiles.List();
            Head = 0;
            Tail = 0;
            for (int i = 0; i < paths.Length; i++)
            {
                long number = NumberOf(paths[i]);
                if (number == 0)
                {
                    continue;
                }

                if (Head == 0 || number < Head)
                {
                    Head = number;
                }

                if (number > Tail)
                {
                    Tail = number;
                }
            }
        }

        /// <summary>Number in a path, or 0.</summary>
        private static long NumberOf(string path)
        {
            int start = path.LastIndexOf('\\') + 1;
            if (path.Length - start < 12 || path.Substring(start, 7) != "journal" || path.Substring(path.Length - 4) != ".bin")
            {
                return 0;
            }

            long number = 0;
            for (int i = start + 7; i < path.Length - 4; i++)
            {
                int digit = path[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return 0;
                }

                number = (number * 10) + digit;
            }

            return number;
        }
    }
}
