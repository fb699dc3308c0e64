#if NANOFRAMEWORK_1_0
using System.IO;
#else
using Metering.Virtual.IO;
#endif
using System;

namespace Metering.Firmware.Flash
{
    /// <summary>
    /// The files of the littlefs partition. Every change opens, writes and closes: an open file loses everything at a
    /// power cut. Failures are return values; a full or worn flash must not stop the counting.
    /// </summary>
    public static class BoardFiles
    {
        public const string Root = "I:\\";

        /// <summary>Reads a file; returns its length up to the buffer's, or -1 when there is none or it cannot be read.</summary>
        public static int Read(string path, byte[] buffer)
        {
            try
            {
                if (!File.Exists(path))
                {
                    return -1;
                }

                using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read))
                {
                    int length = (int)file.Length;
                    return file.Read(buffer, 0, length < buffer.Length ? length : buffer.Length);
                }
            }
            catch (Exception)
            {
                return -1;
            }
        }

        public static bool Append(string path, byte[] buffer, int count)
        {
            return Write(path, FileMode.Append, buffer, count);
        }

        /// <summary>Writes a file anew. Not atomic: use two files in turn.</summary>
        public static bool Replace(string path, byte[] buffer, int count)
        {
            return Write(path, FileMode.Create, buffer, count);
        }

        /// <summary>Cuts a file off behind <paramref name="length"/> bytes.</summary>
        public static bool Truncate(string path, int length)
        {
            try
            {
                using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
                {
                    file.SetLength(length);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public static bool Delete(string path)
        {
            try
            {
                File.Delete(path);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Paths of the files at the root.</summary>
        public static string[] List()
        {
            try
            {
                return Directory.GetFiles(Root);
            }
            catch (Exception)
            {
                return new string[0];
            }
        }

        private static bool Write(string path, FileMode mode, byte[] buffer, int count)
        {
            try
            {
                using (FileStream file = new FileStream(path, mode, FileAccess.Write))
                {
                    file.Write(buffer, 0, count);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
