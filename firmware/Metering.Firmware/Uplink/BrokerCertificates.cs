#if NANOFRAMEWORK_1_0
using System.Security.Cryptography.X509Certificates;
#else
using Metering.Virtual.Security.Cryptography.X509Certificates;
#endif
using System.Text;
using Metering.Firmware.Flash;

namespace Metering.Firmware.Uplink
{
    /// <summary>
    /// PEM files from provisioning: ca.pem, the site's authority; client.pem and client.key, the board's own. Without
    /// them the certificates stored in the configuration block are used.
    /// </summary>
    public static class BrokerCertificates
    {
        public const int PemBytesMax = 4096;

        /// <summary>The authority, or null: the stored one.</summary>
        public static X509Certificate Authority()
        {
            string pem = Read("ca.pem");
            return pem == null ? null : new X509Certificate(pem);
        }

        /// <summary>The board's own certificate, or null: the stored one, if any.</summary>
        public static X509Certificate Own()
        {
            string pem = Read("client.pem");
            string key = Read("client.key");
            return pem == null || key == null ? null : new X509Certificate2(pem, key, string.Empty);
        }

        private static string Read(string name)
        {
            byte[] buffer = new byte[PemBytesMax];
            int length = BoardFiles.Read(BoardFiles.Root + name, buffer);
            return length <= 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
