using System;
using Metering.Firmware.Flash;

namespace Metering.Firmware.Settings
{
    /// <summary>
    /// Settings in flash: settings.json from provisioning, and two files in turn for what came by MQTT. The document
    /// with the highest version that is whole and valid is in force. A document on trial is not kept: after a power cut
    /// the settings before it hold, and the retained message brings it again.
    /// </summary>
    public sealed class SettingsStore
    {
        public const string ProvisionedPath = BoardFiles.Root + "settings.json";

        private const int HeaderBytes = 12;
        private const uint Magic = 0x31474643;

        private readonly SettingsReader _reader = new SettingsReader();
        private int _newer;

        /// <summary>The settings in force at a start, or null on a board that was never provisioned.</summary>
        public BoardSettings Load()
        {
            byte[] buffer = new byte[HeaderBytes + BoardSettings.DocumentBytesMax + 1];
            int length = BoardFiles.Read(ProvisionedPath, buffer);
            BoardSettings best = length < 0 ? null : _reader.Read(buffer, length);
            for (int file = 0; file < 2; file++)
            {
                BoardSettings other = LoadFile(file, buffer);
                if (other != null && (best == null || other.Version >= best.Version))
                {
                    best = other;
                    _newer = file;
                }
            }

            return best;
        }

        /// <summary>Keeps a document, over the older file; the newer one stays as it is.</summary>
        public bool Save(byte[] document)
        {
            byte[] buffer = new byte[HeaderBytes + document.Length];
            Array.Copy(document, 0, buffer, HeaderBytes, document.Length);
            Bytes.PutU32(buffer, 0, Magic);
            Bytes.PutU32(buffer, 4, (uint)document.Length);
            Bytes.PutU32(buffer, 8, Crc32.Of(buffer, HeaderBytes, document.Length));
            int file = 1 - _newer;
            if (!BoardFiles.Replace(PathOf(file), buffer, buffer.Length))
            {
                return false;
            }

            _newer = file;
            return true;
        }

        private static string PathOf(int file)
        {
            return BoardFiles.Root + (file == 0 ? "config0.bin" : "config1.bin");
        }

        private BoardSettings LoadFile(int file, byte[] buffer)
        {
            int length = BoardFiles.Read(PathOf(file), buffer);
            if (length < HeaderBytes || Bytes.GetU32(buffer, 0) != Magic)
            {
                return null;
            }

            int count = (int)Bytes.GetU32(buffer, 4);
            bool whole = count > 0 && count == length - HeaderBytes
                && Bytes.GetU32(buffer, 8) == Crc32.Of(buffer, HeaderBytes, count);
            if (!whole)
            {
                return null;
            }

            byte[] document = new byte[count];
            Array.Copy(buffer, HeaderBytes, document, 0, count);
            return _reader.Read(document, count);
        }
    }
}
